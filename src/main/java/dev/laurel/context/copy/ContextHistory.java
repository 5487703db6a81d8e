package dev.laurel.context.copy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The value of the variable {@code $Context.id.history}: ids of the courses that a course was copied from, separated by
 * commas, the nearest first.
 *
 * @param origins at most {@link #MOST}, each once
 * @see <a href="https://www.imsglobal.org/spec/lti/v1p3/#context-id-history">LTI 1.3, Context.id.history</a>
 */
public record ContextHistory(List<String> origins) {

    /** As many as Canvas names at most. */
    static final int MOST = 1_000;

    private static final int LONGEST_ID = 255;

    /** What Canvas writes in the place of ids that it leaves out. */
    private static final Set<String> NO_IDS = Set.of("truncated", "timed out");

    public ContextHistory {
        origins = List.copyOf(origins);
    }

    /**
     * Reads what a launch says.
     *
     * @param contextId of the course itself, which is no copy of itself
     */
    public static ContextHistory read(String value, String contextId) {
        return new ContextHistory(Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(id -> isId(id) && !id.equals(contextId))
                .distinct()
                .limit(MOST)
                .toList());
    }

    /** The ids in a notice. */
    public static ContextHistory of(List<String> ids, String contextId) {
        return read(String.join(",", ids), contextId);
    }

    /** A variable that was not filled in begins with {@code $}. */
    private static boolean isId(String id) {
        return !id.isEmpty() && !id.startsWith("$") && id.length() <= LONGEST_ID && !NO_IDS.contains(id);
    }
}
