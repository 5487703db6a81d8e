package dev.laurel.credential.status;

import java.time.Duration;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.ErrorResponseException;

/** How verifiers get a status list: from any site, fresh for five seconds, and without a byte while it is unchanged. */
public final class StatusListAnswers {

    /** The media type of a signed list. */
    public static final MediaType VERIFIABLE_CREDENTIAL = MediaType.parseMediaType("application/vc");

    /** How long a verifier may go on with what it has read. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    /** Seconds; each node looks after lists every minute. */
    private static final String RETRY_AFTER = "60";

    private StatusListAnswers() {}

    /** More of the list was published once than is known now: better no answer than a wrong one. */
    public static ErrorResponseException heldBack() {
        ErrorResponseException held = new ErrorResponseException(HttpStatus.SERVICE_UNAVAILABLE);
        held.getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        return held;
    }

    /** @param revision another one for whatever the list says; who has seen it gets no body, and may go on as long again */
    public static ResponseEntity<byte[]> of(byte[] list, MediaType type, long revision) {
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(FRESH).cachePublic())
                .eTag("\"" + revision + "\"")
                .contentType(type)
                .body(list);
    }
}
