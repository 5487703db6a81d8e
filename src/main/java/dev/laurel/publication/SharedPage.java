package dev.laurel.publication;

import dev.laurel.credential.Verification;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * What a stranger sees of a badge.
 *
 * @param sample it was never earned: the page says so before anything else
 * @param courseIssuer a teacher speaks, not the institution
 * @param holder the holder's name, only where she agreed to it
 * @param awarded in the zone of the course
 * @param jwt whether the JWT is there already
 * @param checkableElsewhere false on plain http, where no other verifier can look up a did:web
 */
record SharedPage(
        String name,
        String description,
        String criteria,
        String altText,
        String issuer,
        String issuerPath,
        boolean sample,
        boolean courseIssuer,
        @Nullable String holder,
        ZonedDateTime awarded,
        Verification verification,
        boolean jwt,
        boolean checkableElsewhere) {}
