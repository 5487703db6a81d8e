package dev.laurel.credential.status;

import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Status lists, for verifiers: read by anybody, fresh within seconds, and unchanged ones cost no bytes. */
@RestController
class StatusListController {

    private final StatusLists lists;

    StatusListController(StatusLists lists) {
        this.lists = lists;
    }

    @GetMapping("/status-lists/{listId}")
    ResponseEntity<byte[]> list(@PathVariable UUID listId) {
        SignedStatusList list = find(listId);
        return StatusListAnswers.of(
                list.bytes(),
                list.kind() == ListKind.IDS ? MediaType.APPLICATION_JSON : StatusListAnswers.VERIFIABLE_CREDENTIAL,
                list.revision());
    }

    /** Which places of that list are suspended only. */
    @GetMapping("/status-lists/{listId}/suspensions")
    ResponseEntity<byte[]> suspensions(@PathVariable UUID listId) {
        SignedStatusList list = find(listId);
        byte[] suspensions = list.suspensions();
        if (suspensions == null) {
            throw new ResponseStatusException(HttpStatus.NOT_FOUND);
        }
        return StatusListAnswers.of(suspensions, StatusListAnswers.VERIFIABLE_CREDENTIAL, list.revision());
    }

    private SignedStatusList find(UUID listId) {
        return lists.published(listId)
                .orElseThrow(() -> lists.isHeldBack(listId)
                        ? StatusListAnswers.heldBack()
                        : new ResponseStatusException(HttpStatus.NOT_FOUND));
    }
}
