package lms;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** When something in a cell was last graded or handed in. The gradebook keeps no history, so whatever is told is compared. */
final class CanvasChanges {

    private final ReferenceLms lms;

    private final Map<String, Times> cells = new ConcurrentHashMap<>();

    CanvasChanges(ReferenceLms lms) {
        this.lms = lms;
    }

    /** {@code null}: never. */
    record Times(String graded, Instant gradedAt, String submitted, Instant submittedAt) {}

    /**
     * @param attempt how often something was handed in before
     * @param typed when the score was typed; {@code null} where there is none
     * @param rubric what the rows of a rubric say, by which the work was graded, too
     */
    Times of(Column column, LmsUser user, Mark mark, int attempt, BigDecimal score, Instant typed, Optional<?> rubric) {
        String graded = (score == null ? "" : score.stripTrailingZeros().toPlainString())
                + (mark == Mark.EXCUSED ? " excused" : "")
                + (mark == Mark.PROVISIONAL ? " provisional" : "")
                + rubric.map(rows -> " " + rows).orElse("");
        if (!graded.isEmpty() && attempt > 0) {
            graded += " after " + attempt;
        }
        String told = graded;
        String submitted = isSubmitted(mark) ? "after " + attempt : "";
        return cells.compute(column.id() + " " + user.id(), (key, before) -> {
            Times old = before == null ? new Times("", null, "", null) : before;
            Instant now = lms.clock().instant();
            return new Times(
                    told,
                    told.equals(old.graded()) ? old.gradedAt() : before == null && typed != null ? typed : now,
                    submitted,
                    submitted.equals(old.submitted()) ? old.submittedAt() : now);
        });
    }

    static boolean isSubmitted(Mark mark) {
        return mark == Mark.SUBMITTED || mark == Mark.LATE || mark == Mark.PROVISIONAL;
    }
}
