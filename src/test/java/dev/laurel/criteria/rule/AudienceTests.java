package dev.laurel.criteria.rule;

import static dev.laurel.criteria.rule.TestGrades.percent;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A rule is for other sections than it was. */
class AudienceTests {

    private static final Rule SCORE = percent(1, "80");

    private static final Rule ALL = new Rule.AllOf(List.of(in("7", "8"), SCORE));

    @Test
    void sectionsAreNamedOnceInTheOrderOfTheRule() {
        assertThat(Audience.of(new Rule.AnyOf(List.of(in("9", "7"), ALL)))).containsExactly("9", "7", "8");
        assertThat(Audience.of(SCORE)).isEmpty();
    }

    @Test
    void othersTakeTheirPlaceAndTheRestStays() {
        assertThat(Audience.onto(ALL, Map.of("7", "1", "8", "1"))).isEqualTo(new Rule.AllOf(List.of(in("1"), SCORE)));
        assertThat(Audience.onto(ALL, Map.of("7", "1"))).isEqualTo(new Rule.AllOf(List.of(in("1", "8"), SCORE)));
        assertThat(Audience.onto(
                        new Rule.Levels(List.of(new Rule.Levels.Level("Good", ALL))), Map.of("7", "1", "8", "2")))
                .isEqualTo(new Rule.Levels(List.of(
                        new Rule.Levels.Level("Good", new Rule.AllOf(List.of(in("1", "2"), SCORE))))));
    }

    @Test
    void forEveryoneIsWhatIsLeft() {
        assertThat(Audience.canBeEveryone(ALL, "7")).isTrue();
        assertThat(Audience.onto(ALL, Map.of("7", Audience.EVERYONE))).isEqualTo(SCORE);
        Rule eachWithItsThreshold = new Rule.AnyOf(List.of(ALL, new Rule.AllOf(List.of(in("9"), percent(1, "50")))));
        assertThat(Audience.onto(eachWithItsThreshold, Map.of("9", Audience.EVERYONE)))
                .isEqualTo(new Rule.AnyOf(List.of(ALL, percent(1, "50"))));
    }

    /** Nobody earns a badge for nothing, nor by a part of a choice that asks for nothing. */
    @Test
    void aRuleThatAsksForNothingElseCannotBeForEveryone() {
        for (Rule rule : List.of(
                in("7"),
                new Rule.AllOf(List.of(in("7", "8"))),
                new Rule.AnyOf(List.of(in("7"), SCORE)),
                new Rule.AtLeast(1, List.of(in("7"), SCORE)))) {
            assertThat(Audience.canBeEveryone(rule, "7")).as("%s", rule).isFalse();
            assertThat(Audience.onto(rule, Map.of("7", Audience.EVERYONE))).isEqualTo(rule);
        }
    }

    private static InGroup in(String... numbers) {
        return new InGroup(List.of(numbers));
    }
}
