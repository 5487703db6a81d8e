package dev.laurel.gradebook.canvas;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Canvas's numbers. One of another shard, or any that is called global, is the shard's number times 10^13 plus the number
 * there: {@code 10000000000812} is {@code 812} to whoever is on shard 1.
 */
final class CanvasIds {

    /** Where an installation does not say, it has only one shard. */
    static final long ONLY_SHARD = 1;

    /** Nobody knows which one it is: every number of another one stays long then. */
    static final long UNKNOWN_SHARD = 0;

    private static final long PER_SHARD = 10_000_000_000_000L;

    private CanvasIds() {}

    /** The number as this shard writes it; of another shard's it stays long, or two people would be taken for one. */
    static String local(String id, long shard) {
        if (!id.matches("\\d{14,18}")) {
            return id;
        }
        long number = Long.parseLong(id);
        return number / PER_SHARD == shard ? Long.toString(number % PER_SHARD) : id;
    }

    /**
     * The shard of the school that names a user so. Where her number is the global one there, too, she is of another shard,
     * as an administrator of a whole consortium may be, and hers says nothing of the school's.
     *
     * @param globalId the same number with its shard; {@link #ONLY_SHARD} where it names none
     */
    static long shard(@Nullable String user, @Nullable String globalId) {
        if (globalId == null || !globalId.matches("\\d{14,18}")) {
            return ONLY_SHARD;
        }
        return globalId.equals(user) ? UNKNOWN_SHARD : Long.parseLong(globalId) / PER_SHARD;
    }

    /** A number, however it is written; {@code null} where there is none. */
    static @Nullable String of(@Nullable JsonNode node) {
        if (node == null || !(node.isString() || node.isIntegralNumber())) {
            return null;
        }
        String id = node.asString();
        return id.matches("\\d{1,18}") ? id : null;
    }
}
