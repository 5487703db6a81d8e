package dev.laurel.credential.endorsement;

import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Endorsements that our issuers signed, for whoever is endorsed and for verifiers. */
@RestController
class EndorsementController {

    private static final MediaType VERIFIABLE_CREDENTIAL = MediaType.parseMediaType("application/vc");

    private final IssuedEndorsements issued;

    EndorsementController(IssuedEndorsements issued) {
        this.issued = issued;
    }

    @GetMapping("/endorsements/{endorsementPublicId}")
    ResponseEntity<byte[]> endorsement(@PathVariable UUID endorsementPublicId) {
        IssuedEndorsements.Published published = issued.published(endorsementPublicId)
                .orElseThrow(() -> new ResponseStatusException(HttpStatus.NOT_FOUND));
        if (published.ended()) {
            throw new ResponseStatusException(HttpStatus.GONE);
        }
        return ResponseEntity.ok()
                .header(HttpHeaders.CONTENT_DISPOSITION, "inline; filename=\"endorsement.json\"")
                .contentType(VERIFIABLE_CREDENTIAL)
                .body(published.content());
    }
}
