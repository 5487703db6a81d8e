package dev.laurel.credential.leaving;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;

/** Times in an archive. */
final class ArchiveTime {

    private static final int FIRST_YEAR = 1970;

    private static final int LAST_YEAR = 9998;

    private ArchiveTime() {}

    /** @throws DateTimeException where it is no time, or one that no database keeps */
    static Instant parse(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text);
        if (time.getYear() < FIRST_YEAR || time.getYear() > LAST_YEAR) {
            throw new DateTimeException("Not a year of a badge");
        }
        return time.toInstant();
    }
}
