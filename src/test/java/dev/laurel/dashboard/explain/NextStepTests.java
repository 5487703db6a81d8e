package dev.laurel.dashboard.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.Score;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What a learner reads of what is missing, for rules of every shape. */
class NextStepTests {

    private static final LocalDate TODAY = LocalDate.parse("2026-11-26");

    private final TestLines lines = new TestLines();

    private final NextStep nextStep = nextStep();

    @Test
    void oneLeafIsOneStep() {
        assertThat(toLearner(lines.score("Essay 2", "79"))).isEqualTo("1 more point in Essay 2 and this is yours.");
        assertThat(toLearner(lines.score("Quiz 3", "72.5"))).isEqualTo("7.5 more points in Quiz 3 and this is yours.");
        assertThat(toLearner(lines.score("Quiz 3", null))).isEqualTo("80 % or more in Quiz 3 and this is yours.");
        assertThat(toLearner(lines.submission("Essay 1", false))).isEqualTo("Hand in Essay 1 and this is yours.");
        assertThat(toLearner(lines.confirmation("Safety")))
                .isEqualTo("Have Safety confirmed by your teacher and this is yours.");
        assertThat(toLearner(lines.badge("Basics"))).isEqualTo("First earn “Basics” and this is yours.");
        assertThat(toLearner(lines.group("Labs", 4, 2)))
                .isEqualTo("2 more results of 80 % or more in “Labs” and this is yours.");
        assertThat(toLearner(lines.group("Labs", 4, 3)))
                .isEqualTo("1 more result of 80 % or more in “Labs” and this is yours.");
    }

    @Test
    void whatIsMissingIsRoundedUpSoThatItIsEnough() {
        assertThat(toLearner(lines.score("Essay 2", "79.996")))
                .isEqualTo("0.01 more points in Essay 2 and this is yours.");
    }

    @Test
    void aChoiceBetweenOneResultAndSomeOfSeveralNamesBothWays() {
        Rule rule = any(
                lines.score("Quiz 3", "72.5"),
                some(
                        2,
                        lines.score("Quiz 4", null),
                        lines.score("Quiz 5", null),
                        lines.score("Quiz 6", null),
                        lines.score("Quiz 7", null)));

        assertThat(toLearner(rule))
                .isEqualTo(
                        "Still to go: 7.5 more points in Quiz 3, or 80 % or more in any 2 of Quiz 4, Quiz 5, Quiz 6 and Quiz 7.");
    }

    @Test
    void someOfManyThatAreBegunPointToTheListBelow() {
        Rule[] quizzes = IntStream.rangeClosed(1, 12)
                .mapToObj(n -> lines.score("Quiz " + n, n == 1 ? "40" : null))
                .toArray(Rule[]::new);

        assertThat(toLearner(some(3, quizzes))).isEqualTo("Still to go: any 3 of these 12.");
    }

    @Test
    void someOfSeveralCountsWhatIsReachedAlready() {
        Rule rule = some(2, lines.score("Quiz 1", "95"), lines.score("Quiz 2", "40"), lines.score("Quiz 3", null));

        assertThat(toLearner(rule)).isEqualTo("Still to go: 40 more points in Quiz 2, or 80 % or more in Quiz 3.");
    }

    @Test
    void theSameInSeveralPlacesIsSaidOnce() {
        assertThat(toLearner(all(
                        lines.score("Module 1", null), lines.score("Module 2", null), lines.score("Module 3", null))))
                .isEqualTo("80 % or more in each of Module 1, Module 2 and Module 3 and this is yours.");
        assertThat(toLearner(any(lines.score("Module 1", null), lines.score("Module 2", null))))
                .isEqualTo("80 % or more in Module 1 or Module 2 and this is yours.");
    }

    @Test
    void aRuleWithAHundredCriteriaIsStillOneShortSentence() {
        Rule[] all = IntStream.rangeClosed(1, 100)
                .mapToObj(n ->
                        lines.score("Module " + n, n % 3 == 0 ? "90" : n % 3 == 1 ? null : Integer.toString(n % 80)))
                .toArray(Rule[]::new);

        assertThat(toLearner(all(all))).hasSizeLessThan(200).contains("more").startsWith("Still to go: ");
    }

    @Test
    void allOfSeveralWithAChoiceInsideSaysWhatBelongsTogether() {
        Rule rule =
                all(lines.submission("Essay 1", false), any(lines.score("Quiz 1", "70"), lines.score("Quiz 2", "75")));

        assertThat(toLearner(rule))
                .isEqualTo(
                        "Still to go: handing in Essay 1, and either 5 more points in Quiz 2 or 10 more points in Quiz 1.");
    }

    @Test
    void aChoiceWithSeveralInsideSaysWhatBelongsTogether() {
        Rule rule =
                any(lines.score("Exam", "79"), all(lines.score("Quiz 1", "70"), lines.submission("Essay 1", false)));

        assertThat(toLearner(rule))
                .isEqualTo(
                        "Still to go: 1 more point in Exam, or both 10 more points in Quiz 1 and handing in Essay 1.");
    }

    @Test
    void allInsideAllAndAnyInsideAnyAreOneList() {
        assertThat(toLearner(all(lines.score("A", "79"), all(lines.score("B", "78"), lines.score("C", "77")))))
                .isEqualTo("Still to go: 1 more point in A, 2 more points in B and 3 more points in C.");
        assertThat(toLearner(any(lines.score("A", "79"), any(lines.score("B", "78"), lines.score("C", "77")))))
                .isEqualTo("Still to go: 1 more point in A, 2 more points in B, or 3 more points in C.");
    }

    @Test
    void whatSheIsExcusedFromIsNoStep() {
        assertThat(toLearner(all(lines.score("A", null, "excused"), lines.score("B", "79"))))
                .isEqualTo("1 more point in B and this is yours.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "unreadable-column",
                "deleted-column",
                "own-column",
                "late-unknown",
                "earlier-attempt",
                "unreadable"
            })
    void whatStaffMustRepairIsNotOverForTheStudent(String reason) {
        Rule rule = lines.until(TODAY.minusDays(1), "Essay 2", reason, Score.Take.LATEST);

        assertThat(explanation(rule).isOver()).isFalse();
        assertThat(toLearner(rule)).isEqualTo(toLearner(lines.score("Essay 2", null, reason)));
    }

    @Test
    void whoIsExcusedFromEverythingIsNotToldThatItIsHers() {
        Explanation explanation =
                explanation(all(lines.score("A", null, "excused"), lines.score("B", null, "excused")));

        assertThat(nextStep.toLearner(explanation)).startsWith("You are excused from everything that this asks for");
        assertThat(nextStep.toStaff(explanation)).isEqualTo("excused from everything that it asks for");
        assertThat(explanation.isMet()).isFalse();
    }

    @Test
    void whatIsDoneAndNotGradedAsksNothingOfHer() {
        assertThat(toLearner(all(lines.score("Essay 1", null, "submitted"), lines.score("Essay 2", null, "hidden"))))
                .isEqualTo("Waiting for Essay 1 and Essay 2 to be graded. There is nothing you have to do.");
    }

    @Test
    void theLastDayIsPartOfTheStep() {
        assertThat(toLearner(lines.until(LocalDate.parse("2026-11-27"), "Essay 1", null)))
                .isEqualTo("80 % or more in Essay 1 by Friday 27 November and this is yours.");
        assertThat(toLearner(lines.until(TODAY, "Essay 1", "70")))
                .isEqualTo("10 more points in Essay 1 by Thursday 26 November and this is yours.");
    }

    @Test
    void whatIsOverIsNoStepWhereAnotherWayIsLeft() {
        Rule rule = any(lines.until(TODAY.minusDays(1), "Essay 1", "79"), lines.score("Essay 2", "60"));

        assertThat(toLearner(rule)).isEqualTo("20 more points in Essay 2 and this is yours.");
    }

    @Test
    void whatIsOverIsSaidKindlyWhereNoWayIsLeft() {
        Rule rule = all(lines.until(LocalDate.parse("2026-11-20"), "Essay 1", "79"), lines.score("Essay 2", "60"));
        Explanation explanation = explanation(rule);

        assertThat(explanation.isOver()).isTrue();
        assertThat(nextStep.toLearner(explanation)).isEqualTo("Essay 1 counted until Friday 20 November.");
        assertThat(explanation(lines.first("Test", "70")).isOver()).isTrue();
        assertThat(explanation(lines.score("Essay 3", null, "late")).isOver()).isTrue();
        assertThat(explanation(all(lines.otherGroup(), lines.score("Essay 3", "79")))
                        .isOver())
                .isTrue();
    }

    @Test
    void aBlockedWayThatIsNotNeededIsNotGivenAsAReason() {
        Rule rule = all(
                lines.first("Test", "70"),
                any(lines.until(TODAY.minusDays(1), "Essay 1", null), lines.score("Essay 2", "79")));

        assertThat(toLearner(rule)).isEqualTo("Only the first result in Test counts here.");
    }

    @Test
    void workThatWaitsForItsGradeIsNotOverWithItsLastDay() {
        Explanation waiting = explanation(lines.score("Essay 1", null, "provisional"));

        assertThat(waiting.isOver()).isFalse();
    }

    @Test
    void whatCannotBeReadIsNoStepOfHers() {
        assertThat(toLearner(all(lines.score("Essay 1", null, "deleted-column"), lines.score("Essay 2", "79"))))
                .isEqualTo(
                        "Something this badge needs cannot be read from the gradebook now. Those who teach the course can see that.");
        assertThat(toLearner(any(lines.score("Essay 1", null, "deleted-column"), lines.score("Essay 2", "79"))))
                .contains("1 more point in Essay 2");
    }

    @Test
    void tiersAreReachedOneAfterTheOther() {
        Rule.Levels rule = new Rule.Levels(List.of(
                new Rule.Levels.Level("Proficient", lines.score("Essay 1", "85")),
                new Rule.Levels.Level(
                        "Mastered", all(lines.score("Essay 2", "70"), lines.submission("Essay 3", false)))));
        Tiers tiers = Tiers.of(rule, lines.of(rule), TODAY);

        assertThat(tiers.tiers()).extracting(Tiers.Tier::reached).containsExactly(true, false);
        assertThat(tiers.above(1).map(nextStep::toTier))
                .contains("For “Mastered”: 10 more points in Essay 2 and handing in Essay 3.");
        assertThat(explanation(rule).isMet()).isTrue();
    }

    @Test
    void aTierThatIsMetAboveOneThatIsNotIsNotReached() {
        Rule.Levels rule = new Rule.Levels(List.of(
                new Rule.Levels.Level("Proficient", lines.score("Essay 1", "75")),
                new Rule.Levels.Level("Mastered", lines.score("Essay 2", "95"))));
        Tiers tiers = Tiers.of(rule, lines.of(rule), TODAY);

        assertThat(tiers.tiers()).extracting(Tiers.Tier::reached).containsExactly(false, false);
        assertThat(tiers.above(1)).as("there is nothing to do for it").isEmpty();
        assertThat(toLearner(rule)).isEqualTo("5 more points in Essay 1 and this is yours.");
    }

    @Test
    void aNameInRightToLeftLettersTurnsNothingAroundIt() {
        assertThat(toLearner(lines.score("مقال", "79")))
                .isEqualTo("1 more point in \u2068مقال\u2069 and this is yours.");
        assertThat(toLearner(lines.score("Essay \u202Eeno", "79")))
                .contains("\u2068Essay \u202Eeno\u2069 and this is yours.");
        assertThat(toLearner(lines.score("Essay 🎓", "79"))).isEqualTo("1 more point in Essay 🎓 and this is yours.");
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theWayThatIsSaidIsEnoughAndNothingInItIsReachedOrOver(long seed) {
        Random random = new Random(seed);
        Rule rule = anyRule(random, 0);
        Explanation explanation = explanation(rule);
        String said = nextStep.toLearner(explanation);

        assertThat(explanation.isMet())
                .as("seed %d", seed)
                .isEqualTo(lines.of(rule).verdict() == Verdict.MET);
        if (explanation.isMet() || explanation.isIgnored()) {
            assertThat(said.isEmpty()).as("seed %d: %s", seed, said).isEqualTo(explanation.isMet());
            return;
        }
        assertThat(said)
                .as("seed %d", seed)
                .isNotEmpty()
                .doesNotContain("??", "{", "  ", ", ,")
                .endsWith(".");
        assertThat(said.length()).as("seed %d: %s", seed, said).isLessThan(700);
        List<Explanation> steps = explanation.nextSteps();
        if (explanation.isOver()) {
            assertThat(explanation.ends()).as("seed %d", seed).isNotEmpty();
        } else {
            assertThat(steps)
                    .as("seed %d", seed)
                    .isNotEmpty()
                    .noneMatch(Explanation::isMet)
                    .noneMatch(Explanation::isOver);
            assertThat(isMetWith(explanation, steps))
                    .as("seed %d: %s", seed, said)
                    .isTrue();
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 300);
    }

    /** Whether it were met if these leaves were. */
    private static boolean isMetWith(Explanation node, List<Explanation> met) {
        if (node.line() != null) {
            return node.isMet() || met.stream().anyMatch(leaf -> leaf == node);
        }
        long there = node.parts().stream().filter(part -> !part.isIgnored()).count();
        return node.parts().stream().filter(part -> isMetWith(part, met)).count() >= Math.min(node.count(), there);
    }

    private Rule anyRule(Random random, int depth) {
        if (depth > 3 || random.nextInt(4) == 0) {
            String label = "Quiz " + random.nextInt(100);
            return switch (random.nextInt(9)) {
                case 0 -> lines.score(label, null);
                case 1 -> lines.score(label, Integer.toString(random.nextInt(100)));
                case 2 -> lines.score(label, null, "excused");
                case 3 -> lines.score(label, null, "submitted");
                case 4 -> lines.until(TODAY.plusDays(random.nextInt(5) - 2), label, null);
                case 5 -> lines.submission(label, random.nextBoolean());
                case 6 -> lines.badge(label);
                case 7 -> lines.first(label, Integer.toString(random.nextInt(100)));
                default -> lines.group(label, 5, random.nextInt(5));
            };
        }
        List<Rule> parts = new ArrayList<>();
        int count = 1 + random.nextInt(6);
        for (int i = 0; i < count; i++) {
            parts.add(anyRule(random, depth + 1));
        }
        return switch (random.nextInt(3)) {
            case 0 -> new Rule.AllOf(parts);
            case 1 -> new Rule.AnyOf(parts);
            default -> new Rule.AtLeast(1 + random.nextInt(count), parts);
        };
    }

    private String toLearner(Rule rule) {
        return nextStep.toLearner(explanation(rule));
    }

    private Explanation explanation(Rule rule) {
        return Explanation.of(rule, lines.of(rule), TODAY);
    }

    private static Rule all(Rule... parts) {
        return new Rule.AllOf(List.of(parts));
    }

    private static Rule any(Rule... parts) {
        return new Rule.AnyOf(List.of(parts));
    }

    private static Rule some(int count, Rule... parts) {
        return new Rule.AtLeast(count, List.of(parts));
    }

    private static NextStep nextStep() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        Say say = new Say(Clock.fixed(TODAY.atStartOfDay().toInstant(ZoneOffset.UTC), ZoneOffset.UTC));
        Steps steps = new Steps(messages, say, new Lines(messages, say));
        return new NextStep(messages, new Ways(messages, steps), steps);
    }
}
