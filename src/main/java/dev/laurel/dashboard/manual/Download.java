package dev.laurel.dashboard.manual;

import dev.laurel.dashboard.Allowed;
import dev.laurel.gradebook.manual.EvidenceFile;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.http.CacheControl;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Offers what somebody handed in to be saved: no browser is to show or run it under our address. */
public final class Download {

    private Download() {}

    public static ResponseEntity<byte[]> of(Optional<EvidenceFile> found) {
        EvidenceFile file = found.orElseThrow(Allowed::notFound);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(file.type().mediaType()))
                .header(
                        HttpHeaders.CONTENT_DISPOSITION,
                        ContentDisposition.attachment()
                                .filename(file.name(), StandardCharsets.UTF_8)
                                .build()
                                .toString())
                .header("X-Content-Type-Options", "nosniff")
                .header("Content-Security-Policy", "default-src 'none'; sandbox")
                .cacheControl(CacheControl.noStore().cachePrivate())
                .body(file.content());
    }
}
