package dev.laurel.dashboard.course;

import dev.laurel.context.CourseContext;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.SourceReport;
import dev.laurel.gradebook.csv.ImportedColumns;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Of every kind of criterion: whether it works in a course, would with one more permission, or cannot there. */
@Component
class WhatWorks {

    private static final String FILE = "file";

    private final Gradebook gradebook;

    WhatWorks(Gradebook gradebook) {
        this.gradebook = gradebook;
    }

    /** What a criterion needs of a source. */
    private enum Criterion {
        SCORE(Kind.SCORE),
        /** Where a source does not tell attempts apart, the best and the first are those that were seen. */
        ATTEMPTS(Kind.SCORE),
        /** Over LTI nobody says what is filed together. */
        GROUP(false, Kind.SCORE),
        /** Over LTI a result is told once it is graded. */
        SUBMISSION(false, Kind.SCORE),
        TOTAL_CURRENT(Kind.TOTAL_CURRENT),
        TOTAL_FINAL(Kind.TOTAL_FINAL),
        LETTER(Kind.TOTAL_CURRENT, Kind.TOTAL_FINAL),
        SUBTOTAL(Kind.SUBTOTAL),
        COMPLETION(Kind.COMPLETION),
        OUTCOME(Kind.OUTCOME),
        RUBRIC_ROW(Kind.RUBRIC_ROW);

        private final boolean overLti;

        /** One of these is enough. */
        private final Set<Kind> kinds;

        Criterion(Kind... kinds) {
            this(true, kinds);
        }

        Criterion(boolean overLti, Kind... kinds) {
            this.overLti = overLti;
            this.kinds = EnumSet.copyOf(List.of(kinds));
        }

        boolean isIn(Collection<Kind> told) {
            return told.stream().anyMatch(kinds::contains);
        }

        boolean isOfTotals() {
            return Kind.TOTALS.containsAll(kinds);
        }

        boolean isApartIn(SourceReport report) {
            return this != ATTEMPTS || report.attempts();
        }

        String key() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Whether a criterion works. */
    enum Answer {
        WORKS,
        /** Laurel writes a column that may count in it. */
        OWN_COLUMN,
        /** With what Laurel saw of it by itself. */
        IN_PART,
        WITH_PERMISSION,
        /** No other source tells it, and one could not be asked. */
        UNKNOWN,
        CANNOT
    }

    /**
     * @param key as it ends message keys
     * @param from the names of the sources that tell it
     * @param seen of those that do not, while what is seen of theirs is good for something
     * @param missing what keeps those from telling it that could
     * @param broken whether a source could not be asked
     * @param ownColumn the name of a column that Laurel writes and that may count in it; {@code null} where there is none
     */
    record Row(
            String key,
            List<String> from,
            List<String> seen,
            List<Missing> missing,
            boolean broken,
            @Nullable String ownColumn) {

        public Answer answer() {
            if (ownColumn != null && !(from.isEmpty() && missing.isEmpty())) {
                return Answer.OWN_COLUMN;
            }
            if (!from.isEmpty()) {
                return Answer.WORKS;
            }
            if (!seen.isEmpty()) {
                return Answer.IN_PART;
            }
            if (!missing.isEmpty()) {
                return Answer.WITH_PERMISSION;
            }
            return broken ? Answer.UNKNOWN : Answer.CANNOT;
        }
    }

    /**
     * @param words why, in plain words; empty where permissions are missing
     * @param permissions message keys of what there is to be switched on
     */
    record Missing(String source, String words, Set<String> permissions) {}

    List<Row> in(CourseContext course, List<SourceReport> reports) {
        List<LineItem> items = gradebook.lineItems(course.tenant(), course.id());
        String ownColumn = items.stream()
                .filter(item -> item.output() && !item.deleted())
                .map(LineItem::label)
                .findFirst()
                .orElse(null);
        Set<Kind> imported = items.stream()
                .filter(ImportedColumns::isImported)
                .map(LineItem::kind)
                .collect(Collectors.toSet());
        // Where the platform does not tell them, an instructor may have said them.
        boolean hasLetters =
                gradebook.gradingScheme(course.tenant(), course.id()).isPresent();
        boolean broken = reports.stream().anyMatch(report -> report.broken() != null);
        List<Row> rows = new ArrayList<>();
        for (Criterion criterion : Criterion.values()) {
            List<String> from = new ArrayList<>();
            List<String> seen = new ArrayList<>();
            List<Missing> missing = new ArrayList<>();
            for (SourceReport report : reports) {
                if (!criterion.overLti && report.source().equals(LineItem.AGS)
                        || criterion == Criterion.LETTER && !(report.letters() || hasLetters)) {
                    continue;
                }
                if (criterion.isIn(report.tells())) {
                    (criterion.isApartIn(report) ? from : seen).add(report.source());
                } else if (criterion.isIn(report.couldTell()) && criterion.isApartIn(report)) {
                    missing.add(missing(criterion, report));
                }
            }
            if (criterion.overLti && criterion.isIn(imported)) {
                (criterion == Criterion.ATTEMPTS ? seen : from).add(FILE);
            }
            rows.add(new Row(criterion.key(), from, seen, missing, broken, criterion.isOfTotals() ? ownColumn : null));
        }
        return rows;
    }

    private static Missing missing(Criterion criterion, SourceReport report) {
        Set<String> permissions = new TreeSet<>();
        criterion.kinds.forEach(kind -> permissions.addAll(report.permissions().getOrDefault(kind, Set.of())));
        String obstacle = report.obstacle();
        return new Missing(report.source(), obstacle == null ? "" : obstacle, permissions);
    }
}
