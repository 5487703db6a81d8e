package dev.laurel.achievement;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks. A course issuer is a teacher's, without a grant of the institution, and its name says so. What a sample issuer
 * signs is never real: it has a key of its own, and its name and every picture say so.
 *
 * @param details what the institution says of it; nothing of course and sample issuers
 * @param imageId its logo
 */
public record Issuer(
        long id,
        UUID publicId,
        Kind kind,
        @Nullable Long contextId,
        String name,
        IssuerDetails details,
        @Nullable Long imageId) {

    /** One of which nothing but the name is said. */
    public Issuer(long id, UUID publicId, Kind kind, @Nullable Long contextId, String name) {
        this(id, publicId, kind, contextId, name, IssuerDetails.NOTHING, null);
    }

    public enum Kind {
        INSTITUTION,
        COURSE,
        SAMPLE
    }
}
