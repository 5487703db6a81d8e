package dev.laurel.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import dev.laurel.gradebook.Observation;
import dev.laurel.platform.road.Reference;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TouchedTests {

    private final CourseFacts course = CourseFacts.ofColumns(Map.of());

    private final RuleSet ofEssay = ruleSet(1, 11);

    private final RuleSet ofQuiz = ruleSet(2, 12);

    private final RuleSet ofBoth = ruleSet(3, new Rule.AllOf(List.of(ofEssay.rule(), ofQuiz.rule())));

    private final Touched touched = new Touched(List.of(ofEssay, ofQuiz, ofBoth), course);

    @Test
    void aResultReachesTheRulesThatLookAtItsColumnAndNobodyElse() {
        touched.by(result(7, 11));
        touched.by(result(8, 12));
        touched.by(result(9, 13));

        assertThat(evaluated()).isEqualTo(Map.of(ofEssay, Set.of(7L), ofQuiz, Set.of(8L), ofBoth, Set.of(7L, 8L)));
        assertThat(touched.people()).containsExactly(7L, 8L);
        assertThat(touched.graded()).as("whoever got a result").containsExactlyInAnyOrder(7L, 8L, 9L);
        assertThat(touched.ruleSetIds()).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(touched.rules()).containsExactly(ofEssay.rule(), ofQuiz.rule(), ofBoth.rule());
        assertThat(touched.course()).isSameAs(course);
    }

    @Test
    void aPersonWhoIsAskedForReachesEveryRule() {
        touched.byPerson(5);

        assertThat(evaluated().keySet()).containsExactly(ofEssay, ofQuiz, ofBoth);
        assertThat(touched.graded()).isEmpty();
    }

    @Test
    void itIsTheSameWhereTheSamePeopleAreTouchedUnderTheSameRulesInTheSameCourse() {
        touched.by(result(7, 11));
        Touched again = touched.untouched();

        assertThat(again.people()).isEmpty();
        assertThat(again).isNotEqualTo(touched);
        again.by(result(7, 11));
        assertThat(again).isEqualTo(touched).hasSameHashCodeAs(touched);

        Touched underFewerRules = new Touched(List.of(ofEssay, ofBoth), course);
        underFewerRules.by(result(7, 11));
        assertThat(underFewerRules).isNotEqualTo(touched);
        Touched elsewhere = new Touched(
                List.of(ofEssay, ofQuiz, ofBoth),
                new CourseFacts(Map.of(), Map.of(), Map.of(), null, ZoneOffset.UTC, true));
        elsewhere.by(result(7, 11));
        assertThat(elsewhere).isNotEqualTo(touched);
    }

    @Test
    void aRuleThatIsAskedForReachesOnlyItself() {
        touched.add(2, 5);

        assertThat(evaluated()).isEqualTo(Map.of(ofQuiz, Set.of(5L)));
        assertThat(touched.rules()).containsExactly(ofQuiz.rule());
        assertThat(touched.knows(2)).isTrue();
        assertThat(touched.knows(4)).isFalse();
    }

    @Test
    void aBadgeKnowsWhichVersionOfItIsAwarded() {
        assertThat(ofEssay.badge().achievementId()).isEqualTo(100);
        assertThat(ofEssay.badge().version()).isEqualTo(4);
    }

    @Test
    void atLeastOneIsEvaluatedAtATime() {
        assertThat(new CriteriaSettings(1).chunk()).isEqualTo(1);
        assertThatIllegalArgumentException().isThrownBy(() -> new CriteriaSettings(0));
    }

    private Map<RuleSet, Set<Long>> evaluated() {
        Map<RuleSet, Set<Long>> evaluated = new LinkedHashMap<>();
        touched.forEach(evaluated::put);
        return evaluated;
    }

    private static RuleSet ruleSet(long id, long column) {
        return ruleSet(id, Score.atLeast(column, BigDecimal.TEN, Rule.Unit.POINTS));
    }

    private static RuleSet ruleSet(long id, Rule rule) {
        return new RuleSet(id, 1, 100, 4, RuleSet.Status.ACTIVE, 1, rule, null, null);
    }

    private static Observation result(long person, long column) {
        return new Observation(
                1,
                1,
                person,
                column,
                "ags",
                Observation.Status.GRADED,
                BigDecimal.TEN,
                BigDecimal.TEN,
                null,
                Observation.Visibility.POSTED,
                null,
                "poll",
                null,
                Instant.EPOCH,
                Reference.next(),
                Observation.Work.UNTOLD);
    }
}
