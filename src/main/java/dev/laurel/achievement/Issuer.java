package dev.laurel.achievement;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who speaks. A course issuer is a teacher's, without a grant of the institution, and its name says so. What a sample issuer
 * signs is never real: it has a key of its own, and its name and every picture say so.
 */
public record Issuer(
        long id, UUID publicId, Kind kind, @Nullable Long contextId, String name) {

    public enum Kind {
        INSTITUTION,
        COURSE,
        SAMPLE
    }
}
