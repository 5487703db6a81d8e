package dev.laurel.gradebook.canvas;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * From where the next look goes on.
 *
 * @param since by Canvas's clock, from when on new grades were not read yet
 * @param columns a digest of what assignments and groups are: where it differs, totals may have changed without a new grade.
 *     Empty where the grades of everybody, or those of {@code wholePage}, could not be read
 * @param totals the page of totals that is due next; empty: the first
 * @param outcomes the page of outcomes that is due next; empty: the first
 * @param modules after which of Canvas's users the next ones are asked for their modules; empty: from the first
 * @param attempts a digest of what was asked for attempt by attempt: where it differs, earlier attempts may be missing
 * @param hidesTotals whether the course hid its totals from students
 * @param newsRead the place in the change log up to which everybody of whom something is new was asked for her modules;
 *     {@code null} where nobody knows
 * @param wholePage the page of everybody's grades that is still to be read, and those behind it; empty: none
 * @param hiddenRead our number of the person up to whom what was hidden was read once more in this round; 0: of nobody
 * @param postedRead Canvas's number of the user up to whom what was posted was read once more in this round; empty: of nobody
 * @param leftOut of whom the last look at everybody, or one since, left out grades, because Canvas said too much of them or
 *     could not say it
 */
record Bookmark(
        Instant since,
        String columns,
        String totals,
        String outcomes,
        String modules,
        String attempts,
        boolean hidesTotals,
        @Nullable Long newsRead,
        String wholePage,
        long hiddenRead,
        String postedRead,
        LeftOut leftOut) {

    private static final int LONGEST = 500;

    private static final int LONGEST_USER = 50;

    private static final String SEPARATOR = "\n";

    private static final String HIDDEN = "hidden";

    /** {@code null} where there is none that can be read: everything is to be read then. */
    static @Nullable Bookmark parse(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] parts = text.split(SEPARATOR, -1);
        try {
            return parts.length >= 5 && parts.length <= 12
                    ? new Bookmark(
                            Instant.parse(parts[0]),
                            parts[1],
                            parts[2],
                            parts[3],
                            parts[4],
                            parts.length > 5 ? parts[5] : "",
                            parts.length > 6 && parts[6].equals(HIDDEN),
                            parts.length > 7 && !parts[7].isEmpty() ? Long.valueOf(parts[7]) : null,
                            parts.length > 8 ? parts[8] : "",
                            parts.length > 9 ? Long.parseLong(parts[9]) : 0,
                            parts.length > 11 ? parts[11] : "",
                            parts.length > 10 ? LeftOut.parse(parts[10]) : LeftOut.NOBODY)
                    : null;
        } catch (DateTimeParseException | NumberFormatException e) {
            return null;
        }
    }

    /** Long addresses of pages are left out: the round begins anew then, and so does a look at everybody. */
    @Override
    public String toString() {
        String all = joined(columns, totals, outcomes, modules, wholePage);
        if (all.length() <= LONGEST) {
            return all;
        }
        String user = modules.length() > LONGEST_USER ? "" : modules;
        String withoutRounds = joined(columns, "", "", user, wholePage);
        return withoutRounds.length() <= LONGEST ? withoutRounds : joined("", "", "", user, "");
    }

    private String joined(
            String columnsRead, String pageOfTotals, String pageOfOutcomes, String lastOfModules, String pageOfWhole) {
        return String.join(
                SEPARATOR,
                since.toString(),
                columnsRead,
                pageOfTotals,
                pageOfOutcomes,
                lastOfModules,
                attempts,
                hidesTotals ? HIDDEN : "",
                newsRead == null ? "" : newsRead.toString(),
                pageOfWhole,
                Long.toString(hiddenRead),
                leftOut.toString(),
                postedRead.length() > LONGEST_USER ? "" : postedRead);
    }

    /** Whether a look at everybody goes on at once: where its next page could not be read, it waits. */
    boolean isBehind() {
        return !wholePage.isEmpty() && !columns.isEmpty();
    }

    /** Whether the grades of everybody are to be read, from the first page. */
    boolean owesEverybody() {
        return wholePage.isEmpty() && columns.isEmpty();
    }
}
