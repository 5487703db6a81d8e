package dev.laurel.credential.leaving;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an archive went out, or came in.
 *
 * @param permittedAt when it was confirmed, or brought
 * @param finishedAt when the last byte was written; {@code null}: never, or not yet
 */
public record Passage(
        long id,
        Way way,
        long byPerson,
        Instant permittedAt,
        @Nullable Instant finishedAt,
        int issuers,
        int credentials) {

    /** In which direction. */
    public enum Way {
        OUT,
        IN
    }
}
