package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArrivedListRepository.Served;
import dev.laurel.credential.leaving.ArrivedListRepository.StatusList;
import dev.laurel.credential.leaving.ArrivedRepository.Published;
import dev.laurel.credential.status.StatusListAnswers;
import dev.laurel.platform.secrets.Sha256;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** What the old address of an issuer is to answer, for a redirect, a proxy or a copy. */
@RestController
@RequestMapping("/arrived/{arrivalId}")
class ArrivedController {

    private final ArrivedRepository arrived;

    private final ArrivedLists lists;

    ArrivedController(ArrivedRepository arrived, ArrivedLists lists) {
        this.arrived = arrived;
        this.lists = lists;
    }

    @GetMapping("/did.json")
    ResponseEntity<byte[]> didDocument(@PathVariable UUID arrivalId) {
        return open(document(arrivalId));
    }

    /** A key that signed JWTs, as a bare JWK. */
    @GetMapping("/keys/{fragment}")
    ResponseEntity<byte[]> key(@PathVariable UUID arrivalId, @PathVariable String fragment) {
        byte[] key = KeysOfJwts.of(document(arrivalId)).get(fragment);
        if (key == null) {
            throw notFound();
        }
        return open(key);
    }

    private byte[] document(UUID arrivalId) {
        return arrived.published(arrivalId, Published.DID_DOCUMENT).orElseThrow(ArrivedController::notFound);
    }

    private static ResponseEntity<byte[]> open(byte[] body) {
        return ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(body);
    }

    @GetMapping("/status-lists/{listId}")
    ResponseEntity<byte[]> list(@PathVariable UUID arrivalId, @PathVariable UUID listId) {
        return answer(find(arrivalId, listId).signed());
    }

    /** Which places of that list are suspended only. */
    @GetMapping("/status-lists/{listId}/suspensions")
    ResponseEntity<byte[]> suspensions(@PathVariable UUID arrivalId, @PathVariable UUID listId) {
        byte[] suspensions = find(arrivalId, listId).suspensions();
        if (suspensions == null) {
            throw notFound();
        }
        return answer(suspensions);
    }

    private StatusList find(UUID arrivalId, UUID listId) {
        Served served = lists.find(arrivalId, listId).orElseThrow(ArrivedController::notFound);
        if (lists.isBehind(served)) {
            throw StatusListAnswers.heldBack();
        }
        return served.list();
    }

    /** By what it says: a newer archive brings another list, which is the first here again. */
    private static ResponseEntity<byte[]> answer(byte[] body) {
        long version = ByteBuffer.wrap(Sha256.of(body)).getLong() & Long.MAX_VALUE;
        return StatusListAnswers.of(
                body,
                ArrivedList.isOfBits(body) ? StatusListAnswers.VERIFIABLE_CREDENTIAL : MediaType.APPLICATION_JSON,
                version);
    }

    private static ResponseStatusException notFound() {
        return new ResponseStatusException(HttpStatus.NOT_FOUND);
    }
}
