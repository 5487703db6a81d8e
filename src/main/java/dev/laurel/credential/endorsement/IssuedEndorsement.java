package dev.laurel.credential.endorsement;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer of ours says of a badge or issuer of others.
 *
 * @param title what is endorsed, for people
 * @param endedAt since then its address tells nothing any more
 */
public record IssuedEndorsement(
        long id,
        UUID publicId,
        String subject,
        String title,
        Instant issuedAt,
        @Nullable Instant endedAt) {}
