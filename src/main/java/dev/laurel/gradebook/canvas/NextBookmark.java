package dev.laurel.gradebook.canvas;

import org.jspecify.annotations.Nullable;

/**
 * From where the next look at everybody goes on, by how this one went.
 *
 * @param from where it began; {@code null}: everything was to be read
 * @param stopped whether it broke off, so that parts behind that were not asked for
 * @param grades whether grades were to be read
 * @param gradesMissed whether they could not be, or not all
 */
record NextBookmark(@Nullable Bookmark from, boolean stopped, boolean grades, boolean gradesMissed) {

    /** As if columns had changed: what follows from grades is read of everybody. */
    static final String OTHERS = "?";

    /**
     * What could not be read of grades is asked for from where this look was to begin, or stopped.
     *
     * @param end where it would have ended had all gone well, with what was reached of each round
     */
    Bookmark after(Bookmark end) {
        Bookmark kept = gradesMissed || stopped ? from : null;
        boolean owesPage = gradesMissed && !end.wholePage().isEmpty();
        String columns = gradesMissed ? "" : stopped ? OTHERS : end.columns();
        return new Bookmark(
                kept == null ? end.since() : kept.since(),
                kept == null || owesPage ? columns : kept.columns(),
                end.totals(),
                end.outcomes(),
                end.modules(),
                kept == null ? end.attempts() : kept.attempts(),
                end.hidesTotals(),
                end.newsRead(),
                end.wholePage(),
                end.hiddenRead(),
                end.postedRead(),
                end.leftOut());
    }

    /** Whether nothing that it read is to be kept as read: it is begun again from the same place. */
    boolean isInVain(String wholePage) {
        boolean hasGrades = !wholePage.isEmpty() || (from == null && !gradesMissed && grades);
        return stopped && !hasGrades;
    }
}
