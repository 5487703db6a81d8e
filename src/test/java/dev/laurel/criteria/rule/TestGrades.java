package dev.laurel.criteria.rule;

import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns and observations that are valid until a test changes one thing. */
final class TestGrades {

    static final Instant SEEN = Instant.parse("2026-03-02T09:30:00Z");

    private TestGrades() {}

    static LineItem column(long id) {
        return column(id, "Essay " + id, new BigDecimal("100"));
    }

    static LineItem column(long id, String label, @Nullable BigDecimal maximum) {
        return new LineItem(
                id,
                1,
                "ags",
                "https://lms.example/items/" + id,
                label,
                LineItem.Kind.SCORE,
                null,
                null,
                maximum,
                false,
                false,
                true,
                false);
    }

    /** As a source that reads the LMS itself has it. */
    static LineItem column(long id, LineItem.Kind kind, @Nullable String group, String maximum) {
        return new LineItem(
                id,
                1,
                "canvas",
                "c" + id,
                "Column " + id,
                kind,
                group,
                null,
                new BigDecimal(maximum),
                false,
                false,
                true,
                false);
    }

    static LineItem deleted(long id) {
        return new LineItem(
                id,
                1,
                "ags",
                "x",
                "Essay " + id,
                LineItem.Kind.SCORE,
                null,
                null,
                new BigDecimal("100"),
                false,
                false,
                true,
                true);
    }

    static LineItem output(long id) {
        return new LineItem(
                id,
                1,
                "ags",
                "x",
                "Badges",
                LineItem.Kind.SCORE,
                null,
                null,
                new BigDecimal("1"),
                true,
                true,
                true,
                false);
    }

    static LineItem unreadable(long id) {
        return new LineItem(
                id,
                1,
                "canvas",
                "x",
                "Quiz " + id,
                LineItem.Kind.SCORE,
                null,
                null,
                new BigDecimal("100"),
                false,
                false,
                false,
                false);
    }

    static Observation graded(long item, String score) {
        return observation(item, Status.GRADED, score, "100", Visibility.UNKNOWN);
    }

    static Observation graded(long item, String score, @Nullable String maximum) {
        return observation(item, Status.GRADED, score, maximum, Visibility.UNKNOWN);
    }

    static Observation observation(
            long item, Status status, @Nullable String score, @Nullable String maximum, Visibility visibility) {
        return new Observation(
                item,
                1,
                7,
                item,
                "ags",
                status,
                score == null ? null : new BigDecimal(score),
                maximum == null ? null : new BigDecimal(maximum),
                null,
                visibility,
                null,
                "poll",
                null,
                SEEN,
                new Reference("TEST-" + item),
                Observation.Work.UNTOLD);
    }

    static Score percent(long item, String threshold) {
        return Score.atLeast(item, new BigDecimal(threshold), Rule.Unit.PERCENT);
    }

    static Score points(long item, String threshold) {
        return Score.atLeast(item, new BigDecimal(threshold), Rule.Unit.POINTS);
    }

    static Evaluation evaluate(Rule rule, Map<Long, LineItem> items, Map<Long, Observation> seen) {
        return Evaluator.evaluate(rule, new TestLearner(CourseFacts.ofColumns(items)).seen(seen.values()));
    }
}
