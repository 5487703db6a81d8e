package dev.laurel.gradebook.moodle;

import dev.laurel.gradebook.ags.AgsNumbers;
import dev.laurel.platform.ServiceProblem;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One row of a report: a column and what one learner has in it. */
record ReportRow(
        String id,
        String type,
        String label,
        boolean scale,
        boolean outcome,
        BigDecimal minimum,
        @Nullable BigDecimal maximum,
        JsonNode row) {

    static ReportRow of(JsonNode row) {
        String id = MoodleText.id(row.path("id"));
        if (id == null) {
            throw ServiceProblem.unreadable("Moodle lists a grade without its column. Nothing was changed.");
        }
        return new ReportRow(
                id,
                row.path("itemtype").asString(""),
                MoodleText.label(row.path("itemname")),
                row.path("scaleid").isNumber()
                        || isRangeOfWords(row.path("rangeformatted").asString("")),
                row.path("outcomeid").isNumber(),
                AgsNumbers.read(row.get("grademin")).orElse(BigDecimal.ZERO),
                AgsNumbers.read(row.get("grademax")).orElse(null),
                row);
    }

    /**
     * Whether it goes from one word to another. Moodle tells the number of the outcome where the one of the scale should be,
     * so that of a scale without an outcome nothing but its words is told.
     */
    private static boolean isRangeOfWords(String range) {
        String[] ends = range.split("&ndash;|\u2013", 2);
        return ends.length == 2
                && Arrays.stream(ends)
                        .allMatch(end -> !end.isBlank() && end.chars().noneMatch(Character::isDigit));
    }

    String externalId() {
        return MoodleText.ITEM + id;
    }

    /** Of the course or of a category of its gradebook. */
    boolean isTotal() {
        return type.equals("course") || type.equals("category");
    }

    /** It is graded by the words of a scale, and by no outcome, which has levels of its own. */
    boolean isOfWords() {
        return scale && !outcome;
    }

    /** Of an assignment itself, and not of an outcome in it. */
    boolean isOfAssignment() {
        return !outcome && row.path("itemmodule").asString("").equals("assign");
    }

    /** When work was handed in; of an assignment, when an attempt was saved last. {@code null} where that is not told. */
    @Nullable
    Instant savedAt() {
        return MoodleText.time(row.path("gradedatesubmitted"));
    }

    boolean isHidden() {
        return row.path("gradeishidden").asBoolean(false)
                || row.path("gradehiddenbydate").asBoolean(false);
    }

    boolean isEmpty() {
        return AgsNumbers.isAbsent(row.get("graderaw"));
    }

    /**
     * Whether there is a grade that the account may not see: of none there is no date either. A comment alone has a date, and
     * is told to whoever may see what is hidden.
     */
    boolean isWithheld() {
        return isHidden()
                && isEmpty()
                && MoodleText.time(row.path("gradedategraded")) != null
                && row.path("feedback").asString("").isBlank();
    }

    String status() {
        return row.path("status").asString("");
    }

    /** Whether it can count towards a total; Moodle does not say so where it does not show weights. */
    boolean mayCount() {
        return AgsNumbers.read(row.get("weightraw"))
                .map(weight -> weight.signum() != 0)
                .orElse(true);
    }

    /** Whether the report shows weights at all: also of a grade that does not count it says one, or why not. */
    boolean isWeighed() {
        return row.path("weightraw").isNumber() || !status().isEmpty();
    }

    /**
     * Whether its being empty was counted as nothing. Moodle names a status only where a grade was not used; where it was
     * used, or nobody knows, there is none, and only what was used has a weight. A grade that the reader may not see, or
     * that is being calculated, is not empty, though it looks so.
     */
    boolean countsThoughEmpty() {
        return isEmpty()
                && status().isEmpty()
                && !isHidden()
                && !row.path("gradeneedsupdate").asBoolean(false)
                && AgsNumbers.read(row.get("weightraw"))
                        .filter(weight -> weight.signum() > 0)
                        .isPresent();
    }

    @Nullable
    BigDecimal span() {
        return maximum == null ? null : maximum.subtract(minimum);
    }
}
