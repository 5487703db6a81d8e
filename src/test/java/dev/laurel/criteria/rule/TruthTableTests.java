package dev.laurel.criteria.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.TruthTable.Becomes;
import dev.laurel.criteria.rule.TruthTable.Row;
import dev.laurel.criteria.rule.TruthTable.State;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** The table that pages show beside a rule, for each kind of leaf as it is by default. */
class TruthTableTests {

    private static final CourseFacts COURSE = SampleLearner.is().course();

    /** C counts, c counts and waits for the settling time, w waits, o left out, n not enough, . has no such state. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            state,          score, best, first, average, group, total, letter, done, outcome, row, submitted, attended
            POSTED,         C,     C,    C,     C,       C,     C,     C,      C,    C,       C,   C,         C
            UNKNOWN,        c,     c,    c,     c,       c,     c,     c,      c,    c,       c,   c,         c
            HIDDEN,         w,     w,    w,     w,       w,     w,     w,      w,    w,       w,   C,         w
            HIDDEN_AGAIN,   w,     w,    w,     w,       w,     w,     w,      w,    w,       w,   C,         w
            PROVISIONAL,    w,     w,    w,     w,       w,     w,     w,      w,    w,       w,   C,         w
            SUBMITTED,      w,     w,    w,     w,       w,     w,     w,      w,    w,       w,   C,         w
            AGAIN,          w,     C,    C,     w,       w,     w,     w,      w,    w,       w,   C,         w
            NOTHING,        w,     w,    w,     w,       w,     w,     w,      w,    w,       w,   w,         w
            TAKEN_BACK,     w,     w,    w,     w,       w,     w,     w,      w,    w,       w,   w,         w
            UNREADABLE,     w,     w,    w,     w,       w,     w,     w,      w,    w,       w,   w,         w
            EXCUSED,        o,     o,    o,     o,       o,     o,     o,      o,    o,       o,   o,         o
            EXCUSED_HIDDEN, w,     w,    w,     w,       w,     w,     w,      w,    w,       w,   w,         w
            LATE,           C,     C,    C,     C,       C,     C,     C,      C,    C,       C,   C,         C
            LATE_UNKNOWN,   C,     C,    C,     C,       C,     C,     C,      C,    C,       C,   C,         C
            LOWER,          n,     C,    C,     .,       .,     .,     .,      .,    .,       .,   .,         .
            HIGHER,         C,     C,    n,     .,       .,     .,     .,      .,    .,       .,   .,         .
            NEARLY,         n,     n,    n,     n,       n,     n,     .,      .,    .,       n,   .,         .
            EXTRA,          C,     C,    C,     C,       C,     C,     C,      .,    C,       C,   .,         .
            WORTHLESS,      w,     w,    w,     w,       w,     w,     w,      .,    .,       .,   .,         .
            LETTER,         w,     w,    w,     w,       w,     w,     .,      .,    w,       w,   .,         .
            OTHER_DAY,      .,     .,    .,     .,       .,     .,     .,      .,    .,       .,   .,         .
            GRADED_OTHER_DAY, .,   .,    .,     .,       .,     .,     .,      .,    .,       .,   .,         .
            LOWEST,         .,     .,    .,     .,       .,     .,     .,      .,    .,       .,   .,         .
            DROPPED,        C,     C,    C,     C,       C,     .,     .,      .,    .,       .,   C,         .
            WITHDRAWN,      C,     C,    C,     C,       C,     C,     C,      C,    C,       C,   C,         C
            DELETED,        w,     w,    w,     w,       .,     .,     .,      w,    w,       w,   w,         .
            """)
    void everyStateOfEveryKindOfLeafAsItIsByDefault(
            State state,
            char score,
            char best,
            char first,
            char average,
            char group,
            char total,
            char letter,
            char done,
            char outcome,
            char row,
            char submitted,
            char attended) {
        List<Rule.Leaf> leaves = List.of(
                take(Score.Take.LATEST),
                take(Score.Take.BEST),
                take(Score.Take.FIRST),
                new Average(
                        List.of(new Average.Item(11, BigDecimal.ONE), new Average.Item(12, BigDecimal.TEN)),
                        new BigDecimal("80"),
                        Rule.Unit.PERCENT,
                        0,
                        Terms.STANDARD),
                new CountInGroup("Essays", 4, new BigDecimal("80"), Rule.Unit.PERCENT, Terms.STANDARD),
                new CourseTotal(CourseTotal.Which.CURRENT, new BigDecimal("80"), null, Terms.STANDARD),
                new CourseTotal(CourseTotal.Which.CURRENT, null, "B", Terms.STANDARD),
                new Done(Done.What.CONFIRMATION, 81, Period.ALWAYS, Terms.STANDARD),
                new Mastery(Mastery.What.OUTCOME, 41, null, Terms.STANDARD),
                new Mastery(Mastery.What.RUBRIC_ROW, 51, new BigDecimal("3"), Terms.STANDARD),
                new Submission(14, Period.ALWAYS, Terms.STANDARD),
                new Attendance("Workshops", 2, Terms.STANDARD));

        String becomes = leaves.stream().map(leaf -> letter(leaf, state)).collect(Collectors.joining());

        assertThat(becomes)
                .isEqualTo(Stream.of(
                                score, best, first, average, group, total, letter, done, outcome, row, submitted,
                                attended)
                        .map(String::valueOf)
                        .collect(Collectors.joining()));
    }

    private static String letter(Rule.Leaf leaf, State state) {
        return switch (becomes(leaf, state)) {
            case "" -> ".";
            case "COUNTS" -> "C";
            case "COUNTS_LATER" -> "c";
            case "WAITS" -> "w";
            case "LEFT_OUT" -> "o";
            default -> "n";
        };
    }

    private static String becomes(Rule.Leaf leaf, State state) {
        return TruthTable.of(leaf, COURSE).stream()
                .filter(row -> row.state() == state)
                .map(row -> row.becomes().name())
                .findFirst()
                .orElse("");
    }

    private static Score take(Score.Take take) {
        return new Score(11, new BigDecimal("80"), Rule.Unit.PERCENT, take, Period.ALWAYS, Terms.STANDARD);
    }

    @ParameterizedTest(name = "excused {0}, missing {1}, late {2}, rounded to {3}")
    @CsvSource(nullValues = "-", textBlock = """
            MET,     WAITS,   COUNTS,         -, COUNTS,      WAITS,       COUNTS,      COUNTS, FALLS_SHORT
            NOT_MET, NOT_MET, DOES_NOT_COUNT, 0, FALLS_SHORT, FALLS_SHORT, FALLS_SHORT, WAITS,  COUNTS
            WAITS,   WAITS,   COUNTS,         1, WAITS,       WAITS,       COUNTS,      COUNTS, FALLS_SHORT
            """)
    void whatIsChosenIsWhatTheTableSays(
            Terms.Excused excused,
            Terms.Missing missing,
            Terms.Late late,
            Integer decimals,
            Becomes whenExcused,
            Becomes whenMissing,
            Becomes whenLate,
            Becomes whenLateIsUnknown,
            Becomes whenNearly) {
        Rule.Leaf leaf = new Score(
                11,
                new BigDecimal("80"),
                Rule.Unit.PERCENT,
                Score.Take.LATEST,
                Period.ALWAYS,
                new Terms(excused, missing, late, decimals));

        Map<State, Row> rows = TruthTable.of(leaf, COURSE).stream().collect(Collectors.toMap(Row::state, row -> row));

        assertThat(rows.get(State.EXCUSED).becomes()).isEqualTo(whenExcused);
        assertThat(rows.get(State.NOTHING).becomes()).isEqualTo(whenMissing);
        assertThat(rows.get(State.LATE).becomes()).isEqualTo(whenLate);
        assertThat(rows.get(State.LATE_UNKNOWN).becomes()).isEqualTo(whenLateIsUnknown);
        assertThat(rows.get(State.NEARLY)).isEqualTo(new Row(State.NEARLY, "79.6", whenNearly));
    }

    /** Also where its columns are in another order than the rule has them, and some of them are left out. */
    @Test
    void theTableOfAnAverageIsAboutTheColumnThatIsInTheState() {
        Average average = new Average(
                List.of(
                        new Average.Item(13, BigDecimal.ONE),
                        new Average.Item(12, BigDecimal.ONE),
                        new Average.Item(11, BigDecimal.ONE)),
                new BigDecimal("80"),
                Rule.Unit.PERCENT,
                1,
                Terms.STANDARD);

        assertThat(becomes(average, State.POSTED)).isEqualTo("COUNTS");
        assertThat(becomes(average, State.NOTHING)).isEqualTo("WAITS");
        assertThat(becomes(average, State.EXCUSED)).isEqualTo("LEFT_OUT");
        assertThat(becomes(average, State.DROPPED)).isEqualTo("COUNTS");
        assertThat(becomes(average, State.WITHDRAWN)).isEqualTo("COUNTS");
        assertThat(becomes(average, State.LOWEST)).isEqualTo("LEFT_OUT");
    }

    @Test
    void anotherDayDoesNotCount() {
        LocalDate day = LocalDate.of(2026, 3, 8);

        for (Period period : List.of(new Period(day, null), new Period(null, day), new Period(day, day))) {
            Rule.Leaf leaf =
                    new Score(11, new BigDecimal("80"), Rule.Unit.PERCENT, Score.Take.LATEST, period, Terms.STANDARD);
            assertThat(becomes(leaf, State.OTHER_DAY)).as("%s", period).isEqualTo("WAITS");
            assertThat(becomes(leaf, State.POSTED)).as("%s", period).isEqualTo("COUNTS");
            assertThat(becomes(leaf, State.GRADED_OTHER_DAY)).as("%s", period).isEqualTo("COUNTS");
            assertThat(becomes(new Submission(14, period, Terms.STANDARD), State.GRADED_OTHER_DAY))
                    .as("%s", period)
                    .isEqualTo("COUNTS");
        }
    }

    @Test
    void whatAsksForNoResultHasNoTable() {
        assertThat(TruthTable.of(new HeldBadge(1), COURSE)).isEmpty();
        assertThat(TruthTable.of(new Credits(List.of(1L), BigDecimal.ONE), COURSE))
                .isEmpty();
        assertThat(TruthTable.of(new InGroup(List.of("7")), COURSE)).isEmpty();
        assertThat(TruthTable.of(new Attendance("Nothing", 1, Terms.STANDARD), COURSE))
                .isEmpty();
    }

    /** Also of rules over columns that are gone, without a maximum or without a scheme of letters. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aTableCanBeMadeOfEveryRule(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 100; i++) {
            AnyCase any = new AnyCase(random);
            any.rule
                    .leaves()
                    .forEach(leaf -> assertThat(TruthTable.of(leaf, any.course))
                            .as("%s", leaf)
                            .satisfies(rows ->
                                    assertThat(rows).extracting(Row::state).doesNotHaveDuplicates())
                            .satisfies(rows -> assertThat(rows.isEmpty())
                                    .isEqualTo(leaf.terms() == null
                                            || leaf.looksAt(any.course).isEmpty())));
        }
    }

    @Test
    void everyRowHasWords() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        Stream<String> keys = Stream.concat(
                Arrays.stream(State.values()).map(state -> "rule.state." + state.name()),
                Arrays.stream(Becomes.values()).map(becomes -> "rule.becomes." + becomes.name()));

        assertThat(keys.map(key ->
                        messages.getMessage(key.toLowerCase(Locale.ROOT), new Object[] {"79.6"}, Locale.ENGLISH)))
                .allSatisfy(words -> assertThat(words).isNotBlank().doesNotContain("{"));
    }
}
