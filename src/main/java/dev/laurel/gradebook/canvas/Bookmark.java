package dev.laurel.gradebook.canvas;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * From where the next look goes on.
 *
 * @param since by Canvas's clock
 * @param columns a digest of what assignments and groups are: where it differs, totals may have changed without a new grade
 * @param totals the page of totals that is due next; empty: the first
 * @param outcomes the page of outcomes that is due next; empty: the first
 * @param modules after which of Canvas's users the next ones are asked for their modules; empty: from the first
 * @param attempts a digest of what was asked for attempt by attempt: where it differs, earlier attempts may be missing
 */
record Bookmark(Instant since, String columns, String totals, String outcomes, String modules, String attempts) {

    private static final int LONGEST = 500;

    private static final String SEPARATOR = "\n";

    /** {@code null} where there is none that can be read: everything is to be read then. */
    static @Nullable Bookmark parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(SEPARATOR, -1);
        try {
            return parts.length == 5 || parts.length == 6
                    ? new Bookmark(
                            Instant.parse(parts[0]),
                            parts[1],
                            parts[2],
                            parts[3],
                            parts[4],
                            parts.length == 6 ? parts[5] : "")
                    : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** Long addresses of pages are left out: the round begins anew then. */
    @Override
    public String toString() {
        String all = String.join(SEPARATOR, since.toString(), columns, totals, outcomes, modules, attempts);
        return all.length() <= LONGEST
                ? all
                : String.join(
                        SEPARATOR, since.toString(), columns, "", "", modules.length() > 50 ? "" : modules, attempts);
    }
}
