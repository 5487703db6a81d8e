package dev.laurel.criteria.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.Evaluation.Line;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.support.ResourceBundleMessageSource;

/** What holds for every rule and every gradebook, tried on generated ones; the seed is the test's name. */
class EvaluatorPropertyTests {

    private static final int CASES_PER_SEED = 40;

    private static final BigDecimal A_BIT = new BigDecimal("0.0000000001");

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    private static void each(long seed, Consumer<AnyCase> holds) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES_PER_SEED; i++) {
            AnyCase any = new AnyCase(random);
            try {
                holds.accept(any);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError("seed " + seed + ", case " + i + ": " + RuleJson.write(any.rule), e);
            }
        }
    }

    @Test
    void everyKindOfLeafIsTriedWithEveryVerdict() {
        Set<String> tried = new TreeSet<>();
        seeds().forEach(seed -> each(
                seed, any -> any.evaluate().lines().forEach(line -> tried.add(line.type() + " " + line.verdict()))));

        assertThat(tried.stream().map(each -> each.split(" ")[0]).distinct()).hasSize(15);
        tried.remove("average IGNORED");
        assertThat(tried)
                .as("badges, credits and groups are there or not; the others may wait and be excused too")
                .hasSize(4 * 2 + 11 * 4 - 1);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderOfObservationsDoesNotMatter(long seed) {
        each(seed, any -> assertThat(any.evaluateShuffled()).isEqualTo(any.evaluate()));
    }

    /** A server in Istanbul, Cairo or Auckland decides and writes what one in London does. */
    @ParameterizedTest(name = "{0}, {1}")
    @CsvSource({"tr-TR, Europe/Istanbul", "ar-EG, Africa/Cairo", "hi-IN-u-nu-deva, Pacific/Auckland"})
    void neitherTheLanguageNorTheTimeZoneOfAServerMatters(String language, String zone) {
        List<String> here = decisions();
        Locale before = Locale.getDefault();
        TimeZone zoneBefore = TimeZone.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(language));
            TimeZone.setDefault(TimeZone.getTimeZone(zone));

            assertThat(decisions()).isEqualTo(here);
        } finally {
            Locale.setDefault(before);
            TimeZone.setDefault(zoneBefore);
        }
    }

    private static List<String> decisions() {
        List<String> decisions = new ArrayList<>();
        seeds().limit(10)
                .forEach(seed -> each(seed, any -> {
                    Evaluation evaluation = any.evaluate(RuleJson.read(RuleJson.write(any.rule)));
                    decisions.add(RuleJson.write(any.rule)
                            + evaluation.verdict()
                            + ExplanationJson.write(evaluation)
                            + any.rule
                                    .leaves()
                                    .map(leaf -> TruthTable.of(leaf, any.course))
                                    .toList());
                }));
        return decisions;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderOfPartsDoesNotMatter(long seed) {
        each(
                seed,
                any -> assertThat(any.evaluate(any.shuffledRule()).verdict())
                        .isEqualTo(any.evaluate().verdict()));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void raisingAScoreNeverTakesABadgeAway(long seed) {
        each(seed, any -> {
            Evaluation before = any.evaluate();
            any.raiseOne();
            Evaluation after = any.evaluate();

            assertThat(rank(after.verdict()))
                    .as("%s, then %s", before, after)
                    .isGreaterThanOrEqualTo(rank(before.verdict()));
        });
    }

    private static int rank(Verdict verdict) {
        return List.of(Verdict.NOT_MET, Verdict.UNDECIDED, Verdict.MET).indexOf(verdict);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theLinesReproduceTheVerdictAlsoAfterTheyWereStored(long seed) {
        each(seed, any -> {
            Evaluation evaluation = any.evaluate();
            Evaluation readBack = ExplanationJson.read(evaluation.verdict(), ExplanationJson.write(evaluation));

            assertThat(readBack).isEqualTo(evaluation);
            assertThat(Evaluator.verdict(any.rule, readBack.lines())).isEqualTo(evaluation.verdict());
            assertThat(Evaluator.level(any.rule, readBack.lines()).isPresent())
                    .as("a level exactly where there are levels and the badge is earned")
                    .isEqualTo(any.rule instanceof Rule.Levels && evaluation.verdict() == Verdict.MET);
            assertThat(evaluation.lines())
                    .hasSize((int) any.rule.leaves().count())
                    .allSatisfy(line -> {
                        if (line.verdict() == Verdict.UNDECIDED || line.verdict() == Verdict.IGNORED) {
                            assertThat(line.reason().isEmpty())
                                    .as("a reason where no number decides, or its parts have them: %s", line)
                                    .isEqualTo(line.verdict() == Verdict.UNDECIDED
                                            && line.unit() == Evaluation.Unit.ITEMS
                                            && line.parts().stream()
                                                    .anyMatch(part -> part.verdict() == Verdict.UNDECIDED
                                                            && !part.reason().isEmpty()));
                        }
                        if (line.missing() != null) {
                            assertThat(line.missing().signum() == 0)
                                    .as("something is missing exactly where it is not met: %s", line)
                                    .isEqualTo(line.verdict() == Verdict.MET);
                        }
                    });
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsMissingIsExactlyWhatItTakes(long seed) {
        each(
                seed,
                any -> any.rule.leaves().forEach(leaf -> {
                    Line line = any.evaluate(leaf).lines().get(0);
                    if (line.verdict() != Verdict.NOT_MET
                            || line.value() == null
                            || line.missing() == null
                            || line.unit() == Evaluation.Unit.LETTER
                            || line.lineItemId() == 0) {
                        return;
                    }
                    BigDecimal enough = line.value().add(line.missing());
                    assertThat(line.missing()).isPositive();
                    assertThat(any.lineWith(leaf, line, enough).verdict()).isEqualTo(Verdict.MET);
                    assertThat(any.lineWith(leaf, line, enough.subtract(A_BIT)).verdict())
                            .isEqualTo(Verdict.NOT_MET);
                }));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRuleReadsBackAsItWasWritten(long seed) {
        each(seed, any -> {
            Rule readBack = RuleJson.read(RuleJson.write(any.rule));

            assertThat(RuleJson.write(readBack)).isEqualTo(RuleJson.write(any.rule));
            assertThat(readBack.leaves().map(Object::getClass))
                    .containsExactlyElementsOf(
                            any.rule.leaves().map(Object::getClass).collect(Collectors.toList()));
            assertThat(any.evaluate(readBack)).isEqualTo(any.evaluate());
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRuleIsASentenceThatNamesWhatItAsksFor(long seed) {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding("UTF-8");
        messages.setFallbackToSystemLocale(false);
        messages.setDefaultLocale(Locale.ENGLISH);
        Sentences sentences = new Sentences(messages);
        each(seed, any -> {
            String sentence = sentences.of(any.rule, any.course);

            assertThat(sentence)
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(4_000)
                    .doesNotEndWith(".")
                    .doesNotContain("rule.sentence");
            if (sentence.contains("…")) {
                // Too long for whole titles.
                return;
            }
            any.rule.lineItemIds().forEach(column -> assertThat(sentence).contains(any.course.label(column)));
            any.rule
                    .badgeIds()
                    .forEach(badge ->
                            assertThat(sentence).contains(any.course.badges().get(badge)));
            any.rule.leaves().forEach(leaf -> {
                if (leaf instanceof CountInGroup group) {
                    assertThat(sentence).contains(group.group());
                }
                if (leaf instanceof Attendance attendance) {
                    assertThat(sentence).contains(attendance.group());
                }
                if (leaf instanceof InGroup inGroup) {
                    assertThat(sentence).contains(inGroup.groups());
                }
            });
        });
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aCheckRefusesWithItsPlaceOrPasses(long seed) {
        each(seed, any -> {
            try {
                RuleCheck.check(any.rule, any.course);
            } catch (BadRuleException refused) {
                assertThat(refused.place()).startsWith("/rule");
            }
            any.rule
                    .leaves()
                    .forEach(leaf -> assertThat(leaf.warnings(any.course)).doesNotContainNull());
        });
    }
}
