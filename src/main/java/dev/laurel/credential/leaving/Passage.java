package dev.laurel.credential.leaving;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an archive went out, or came in.
 *
 * @param permittedAt when it was confirmed, brought, or given up
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
        IN,
        /** One that was to come in: what had come of it stays, and nothing follows. */
        GIVEN_UP
    }
}
