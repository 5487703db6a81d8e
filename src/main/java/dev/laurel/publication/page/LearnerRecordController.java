package dev.laurel.publication.page;

import dev.laurel.credential.LearnerRecords;
import dev.laurel.launch.session.SignedIn;
import org.jspecify.annotations.Nullable;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;

/** Everything that somebody has of one institution as one signed record, for the systems of others. */
@Controller
class LearnerRecordController {

    private final LearnerRecords records;

    LearnerRecordController(LearnerRecords records) {
        this.records = records;
    }

    @GetMapping("/my/record.jws")
    ResponseEntity<byte[]> record(@AuthenticationPrincipal @Nullable SignedIn me) {
        if (me == null) {
            throw CredentialFiles.notFound();
        }
        byte[] signed = records.sign(me.tenant(), me.personId()).orElseThrow(CredentialFiles::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.TEXT_PLAIN)
                .cacheControl(CacheControl.noStore())
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename("record.jws")
                                .build()
                                .toString())
                .body(signed);
    }
}
