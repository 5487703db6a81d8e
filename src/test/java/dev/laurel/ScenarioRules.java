package dev.laurel;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.laurel.Programme.Room;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.rule.CourseTotal;
import dev.laurel.criteria.rule.Done;
import dev.laurel.criteria.rule.Mastery;
import dev.laurel.criteria.rule.Period;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.criteria.rule.Submission;
import dev.laurel.criteria.rule.Terms;
import dev.laurel.gradebook.Gradebook;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;

/** Rules of the scenarios (reference/scenarios.md) that run over several platforms, by their ids. */
final class ScenarioRules {

    static final String ASSESSMENT = "Industry assessment";

    private ScenarioRules() {}

    /** SC2: a total opens it and an additional assessment earns it. One of {@code percent} and {@code letter} is asked. */
    static Rule sc2(Programme programme, Room room, @Nullable String percent, @Nullable String letter) {
        return new Rule.AllOf(List.of(
                total(percent, letter),
                Score.atLeast(programme.column(room, ASSESSMENT), new BigDecimal("60"), Rule.Unit.PERCENT)));
    }

    static Rule total(@Nullable String percent, @Nullable String letter) {
        return new CourseTotal(
                CourseTotal.Which.CURRENT, percent == null ? null : new BigDecimal(percent), letter, Terms.STANDARD);
    }

    /** From then on no total can decide: it might count what Laurel writes. */
    static void laurelWritesAColumn(ApplicationContext app, Programme programme, Room room) {
        app.getBean(Gradebook.class)
                .createColumn(programme.tenant(), room.id(), "Badge: Writer", BigDecimal.ONE, true, "writer");
    }

    static void isRefused(ApplicationContext app, Programme programme, Room room, Rule rule) {
        assertThatThrownBy(() -> app.getBean(RuleSets.class).check(programme.tenant(), room.id(), 0, rule))
                .hasMessage("rule.bad.own-column-in-total");
    }

    /** SC7: an outcome or competency is mastered, as the LMS has it. */
    static Rule sc7(Programme programme, Room room, String outcome) {
        return new Mastery(Mastery.What.OUTCOME, programme.column(room, outcome), null, Terms.STANDARD);
    }

    /** SC10: something is handed in every week. */
    static List<Rule> sc10(Programme programme, Room room, List<String> weeks) {
        return each(weeks, week -> new Submission(programme.column(room, week), Period.ALWAYS, Terms.STANDARD));
    }

    /** SC10: activities, or modules, are complete. */
    static List<Rule> sc10Complete(Programme programme, Room room, String... activities) {
        return each(
                Arrays.asList(activities),
                activity -> new Done(
                        Done.What.COMPLETION, programme.column(room, activity), Period.ALWAYS, Terms.STANDARD));
    }

    /** SC11: every one of these rows of a rubric reaches its level. */
    static List<Rule> sc11(List<Long> rows) {
        return each(rows, row -> new Mastery(Mastery.What.RUBRIC_ROW, row, new BigDecimal("3"), Terms.STANDARD));
    }

    private static <T> List<Rule> each(List<T> of, Function<T, Rule> rule) {
        return of.stream().map(rule).toList();
    }
}
