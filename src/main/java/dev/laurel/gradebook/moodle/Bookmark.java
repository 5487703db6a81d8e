package dev.laurel.gradebook.moodle;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Where a look at a course ended. Times are in seconds.
 *
 * @param since assignments graded from then on, by Moodle's clock, are told next
 * @param cursor our number of the learner who was read last in the round; 0: none yet
 * @param sweeping not everybody was read since the last look at everything began
 * @param peopleAt when the enrolments were read, by ours
 * @param enrolled how many were enrolled then
 */
record Bookmark(long since, long cursor, boolean sweeping, long peopleAt, long enrolled) {

    private static final String VERSION = "1";

    private static final int FIELDS = 5;

    static Bookmark start(Instant now) {
        return new Bookmark(now.getEpochSecond(), 0, true, 0, 0);
    }

    /** {@code null} where it is none of ours, or of an earlier version. */
    static @Nullable Bookmark read(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.split(";");
        if (parts.length != FIELDS + 1 || !parts[0].equals(VERSION)) {
            return null;
        }
        try {
            return new Bookmark(
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    parts[3].equals("1"),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    String write() {
        return VERSION + ";"
                + LongStream.of(since, cursor, sweeping ? 1 : 0, peopleAt, enrolled)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(";"));
    }
}
