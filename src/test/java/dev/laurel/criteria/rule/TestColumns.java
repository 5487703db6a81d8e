package dev.laurel.criteria.rule;

import dev.laurel.gradebook.GradingScheme;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.LineItem.Kind;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One course with a column of each kind, and some that rules cannot use. */
final class TestColumns {

    static final long ESSAY = 1;

    static final long OF_NOTHING = 2;

    static final long WITHOUT_MAXIMUM = 3;

    static final long DELETED = 4;

    static final long OUTPUT = 5;

    static final long UNREADABLE = 6;

    static final long OUTCOME = 7;

    static final long OUTCOME_WITHOUT_MASTERY = 8;

    static final long RUBRIC_ROW = 9;

    static final long COMPLETION = 10;

    static final long EVIDENCE = 11;

    static final long CONFIRMATION = 12;

    static final long QUIZ = 13;

    static final long WORKSHOP = 14;

    static final long TOTAL = 15;

    static final long UNKNOWN = 99;

    static final long BADGE = 70;

    static final long FOREIGN_BADGE = 71;

    private TestColumns() {}

    static CourseFacts course() {
        return course(null, false);
    }

    static CourseFacts course(@Nullable GradingScheme scheme, boolean ownColumnInTotal) {
        Map<Long, LineItem> items = new HashMap<>();
        put(items, ESSAY, Kind.SCORE, null, null, "100");
        put(items, OF_NOTHING, Kind.SCORE, null, null, "0");
        put(items, WITHOUT_MAXIMUM, Kind.SCORE, null, null, null);
        items.put(DELETED, TestGrades.deleted(DELETED));
        items.put(OUTPUT, TestGrades.output(OUTPUT));
        items.put(UNREADABLE, TestGrades.unreadable(UNREADABLE));
        put(items, OUTCOME, Kind.OUTCOME, null, "3", "5");
        put(items, OUTCOME_WITHOUT_MASTERY, Kind.OUTCOME, null, null, "5");
        put(items, RUBRIC_ROW, Kind.RUBRIC_ROW, null, null, "4");
        put(items, COMPLETION, Kind.COMPLETION, null, null, "1");
        put(items, EVIDENCE, Kind.EVIDENCE, null, null, "1");
        put(items, CONFIRMATION, Kind.CONFIRMATION, null, null, "1");
        put(items, QUIZ, Kind.SCORE, "Quizzes", null, "10");
        put(items, WORKSHOP, Kind.ATTENDANCE, "Workshops", null, "1");
        put(items, TOTAL, Kind.TOTAL_CURRENT, null, null, "100");
        return new CourseFacts(items, Map.of(BADGE, "First aid"), Map.of(), scheme, ZoneOffset.UTC, ownColumnInTotal);
    }

    static GradingScheme letters() {
        return new GradingScheme(List.of(
                new GradingScheme.Step("A", new BigDecimal("90")), new GradingScheme.Step("B", new BigDecimal("80"))));
    }

    private static void put(
            Map<Long, LineItem> items,
            long id,
            Kind kind,
            @Nullable String group,
            @Nullable String mastery,
            @Nullable String maximum) {
        items.put(
                id,
                new LineItem(
                        id,
                        1,
                        "ags",
                        "x",
                        "Column " + id,
                        kind,
                        group,
                        mastery == null ? null : new BigDecimal(mastery),
                        maximum == null ? null : new BigDecimal(maximum),
                        false,
                        false,
                        true,
                        false));
    }
}
