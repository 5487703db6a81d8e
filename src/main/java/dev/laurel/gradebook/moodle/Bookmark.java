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
 * @param handInsSince work that changed from then on, by Moodle's clock, is told next
 */
record Bookmark(long since, long cursor, boolean sweeping, long peopleAt, long enrolled, long handInsSince) {

    private static final String VERSION = "1";

    private static final int FIELDS = 6;

    /** @param last where the look before ended, though everything is read anew */
    static Bookmark start(Instant now, @Nullable Bookmark last) {
        return new Bookmark(
                now.getEpochSecond(), 0, true, 0, 0, last == null ? now.getEpochSecond() : last.handInsSince());
    }

    /** {@code null} where it is none of ours, or of another version. */
    static @Nullable Bookmark read(@Nullable String text) {
        String[] parts = text == null ? new String[0] : text.split(";");
        // One without its last field was written before hand-ins were asked for.
        if (parts.length < FIELDS || parts.length > FIELDS + 1 || !parts[0].equals(VERSION)) {
            return null;
        }
        try {
            return new Bookmark(
                    Long.parseLong(parts[1]),
                    Long.parseLong(parts[2]),
                    parts[3].equals("1"),
                    Long.parseLong(parts[4]),
                    Long.parseLong(parts[5]),
                    Long.parseLong(parts[parts.length > FIELDS ? FIELDS : 1]));
        } catch (NumberFormatException e) {
            return null;
        }
    }

    String write() {
        return VERSION + ";"
                + LongStream.of(since, cursor, sweeping ? 1 : 0, peopleAt, enrolled, handInsSince)
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(";"));
    }
}
