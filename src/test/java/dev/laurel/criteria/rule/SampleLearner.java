package dev.laurel.criteria.rule;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.LineItem.Kind;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The learner whom the samples of rules are about. Changing her would change what old samples mean: add, never edit. */
final class SampleLearner {

    private static final Instant AT = Instant.parse("2026-03-02T12:00:00Z");

    private SampleLearner() {}

    static TestLearner is() {
        return new TestLearner(course())
                .seen(
                        seen(11, Status.GRADED, "70", "100", null),
                        seen(11, Status.GRADED, "92", "100", null),
                        seen(11, Status.GRADED, "85", "100", null),
                        seen(12, Status.GRADED, "79.6", "100", null),
                        seen(13, Status.EXCUSED, null, "100", null),
                        seen(14, Status.SUBMITTED, null, "100", null),
                        seen(21, Status.GRADED, "85", "100", "B"),
                        seen(31, Status.GRADED, "1", "1", null),
                        seen(41, Status.GRADED, "3", "5", null),
                        seen(51, Status.GRADED, "2", "4", null),
                        seen(61, Status.GRADED, "1", "1", null),
                        seen(62, Status.GRADED, "1", "1", null),
                        seen(71, Status.GRADED, "1", "1", null),
                        seen(81, Status.GRADED, "1", "1", null))
                .holds(1, "4.5")
                .holds(2, "3")
                .brought(
                        "https://federation.example/badges/welder",
                        "did:web:federation.example",
                        "https://skills.example/welding")
                .in("7");
    }

    private static CourseFacts course() {
        Map<Long, LineItem> items = new HashMap<>();
        column(items, 11, Kind.SCORE, "Essays", null, "100");
        column(items, 12, Kind.SCORE, "Essays", null, "100");
        column(items, 13, Kind.SCORE, "Essays", null, "100");
        column(items, 14, Kind.SCORE, "Essays", null, "100");
        column(items, 21, Kind.TOTAL_CURRENT, null, null, "100");
        column(items, 31, Kind.COMPLETION, null, null, "1");
        column(items, 41, Kind.OUTCOME, null, "3", "5");
        column(items, 51, Kind.RUBRIC_ROW, null, null, "4");
        column(items, 61, Kind.ATTENDANCE, "Workshops", null, "1");
        column(items, 62, Kind.ATTENDANCE, "Workshops", null, "1");
        column(items, 71, Kind.EVIDENCE, null, null, "1");
        column(items, 81, Kind.CONFIRMATION, null, null, "1");
        GradingScheme scheme = new GradingScheme(List.of(
                new GradingScheme.Step("A", new BigDecimal("90")),
                new GradingScheme.Step("B", new BigDecimal("80")),
                new GradingScheme.Step("F", BigDecimal.ZERO)));
        return new CourseFacts(
                items,
                Map.of(1L, "Course one", 2L, "Course two", 3L, "Course three"),
                Map.of(),
                scheme,
                ZoneOffset.UTC,
                false);
    }

    private static void column(
            Map<Long, LineItem> items,
            long id,
            Kind kind,
            @Nullable String group,
            @Nullable String mastery,
            String maximum) {
        items.put(
                id,
                new LineItem(
                        id,
                        1,
                        "canvas",
                        "c" + id,
                        "Item " + id,
                        kind,
                        group,
                        mastery == null ? null : new BigDecimal(mastery),
                        new BigDecimal(maximum),
                        false,
                        false,
                        true,
                        false));
    }

    private static Observation seen(
            long item, Status status, @Nullable String score, String maximum, @Nullable String grade) {
        return new Observation(
                item,
                1,
                7,
                item,
                "canvas",
                status,
                score == null ? null : new BigDecimal(score),
                new BigDecimal(maximum),
                grade,
                Visibility.POSTED,
                false,
                "poll",
                AT,
                AT,
                new Reference("TEST-" + item),
                Observation.Work.UNTOLD);
    }
}
