package dev.laurel.criteria.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.Observation;
import dev.laurel.gradebook.Observation.Status;
import dev.laurel.gradebook.Observation.Visibility;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every rule and every gradebook, tried on generated ones; the seed is the test's name. */
class EvaluatorPropertyTests {

    private static final int CASES_PER_SEED = 200;

    static LongStream seeds() {
        return LongStream.rangeClosed(1, 50);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theOrderOfObservationsDoesNotMatter(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES_PER_SEED; i++) {
            Given given = Given.any(random);
            List<Map.Entry<Long, Observation>> entries = new ArrayList<>(given.seen.entrySet());
            Collections.shuffle(entries, random);
            Map<Long, Observation> shuffled = new LinkedHashMap<>();
            entries.forEach(entry -> shuffled.put(entry.getKey(), entry.getValue()));

            assertThat(TestGrades.evaluate(given.rule, given.items, shuffled))
                    .as("seed %s, case %s", seed, i)
                    .isEqualTo(given.evaluate());
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void raisingAScoreNeverTakesABadgeAway(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES_PER_SEED; i++) {
            Given given = Given.any(random);
            Verdict before = given.evaluate().verdict();
            given.raiseOne(random);
            Verdict after = given.evaluate().verdict();

            if (before == Verdict.MET) {
                assertThat(after).as("seed %s, case %s", seed, i).isEqualTo(Verdict.MET);
            }
            if (before == Verdict.UNDECIDED) {
                assertThat(after).as("seed %s, case %s", seed, i).isNotEqualTo(Verdict.NOT_MET);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void theLinesReproduceTheVerdictAlsoAfterTheyWereStored(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES_PER_SEED; i++) {
            Given given = Given.any(random);
            Evaluation evaluation = given.evaluate();
            Evaluation readBack = ExplanationJson.read(evaluation.verdict(), ExplanationJson.write(evaluation));

            assertThat(readBack).as("seed %s, case %s", seed, i).isEqualTo(evaluation);
            assertThat(Evaluator.verdict(given.rule, readBack.lines()))
                    .as("seed %s, case %s", seed, i)
                    .isEqualTo(evaluation.verdict());
            assertThat(evaluation.lines())
                    .hasSize((int) given.rule.leaves().count())
                    .allSatisfy(line -> assertThat(line.reason().isEmpty())
                            .as("a reason exactly where no number decides")
                            .isEqualTo(line.verdict() == Verdict.MET || line.verdict() == Verdict.NOT_MET));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsMissingIsExactlyWhatItTakes(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES_PER_SEED; i++) {
            Given given = Given.any(random);
            for (Evaluation.Line line : given.evaluate().lines()) {
                if (line.verdict() != Verdict.NOT_MET || line.value() == null || line.missing() == null) {
                    continue;
                }
                Rule leaf = Score.atLeast(
                        line.lineItemId(),
                        line.threshold(),
                        Rule.Unit.valueOf(line.unit().name()));
                Observation enough = given.with(line.lineItemId(), line.value().add(line.missing()));
                Observation almost = given.with(
                        line.lineItemId(), line.value().add(line.missing()).subtract(new BigDecimal("0.0000000001")));

                assertThat(line.missing()).isPositive();
                assertThat(TestGrades.evaluate(leaf, given.items, Map.of(line.lineItemId(), enough))
                                .verdict())
                        .as("seed %s, case %s", seed, i)
                        .isEqualTo(Verdict.MET);
                assertThat(TestGrades.evaluate(leaf, given.items, Map.of(line.lineItemId(), almost))
                                .verdict())
                        .as("seed %s, case %s", seed, i)
                        .isEqualTo(Verdict.NOT_MET);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyRuleReadsBackAsItWasWritten(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < CASES_PER_SEED; i++) {
            Given given = Given.any(random);
            Rule readBack = RuleJson.read(RuleJson.write(given.rule));

            assertThat(RuleJson.write(readBack)).as("seed %s, case %s", seed, i).isEqualTo(RuleJson.write(given.rule));
            assertThat(TestGrades.evaluate(readBack, given.items, given.seen)).isEqualTo(given.evaluate());
        }
    }

    /** A rule, columns and one learner's results, all of them possible. */
    private static final class Given {

        private static final int COLUMNS = 6;

        final Rule rule;

        final Map<Long, LineItem> items = new HashMap<>();

        final Map<Long, Observation> seen = new HashMap<>();

        private Given(Random random) {
            for (long id = 1; id <= COLUMNS; id++) {
                int kind = random.nextInt(12);
                items.put(
                        id,
                        kind == 0 ? TestGrades.deleted(id) : TestGrades.column(id, "Column " + id, maximum(random)));
                if (random.nextInt(5) > 0) {
                    seen.put(id, observation(id, random));
                }
            }
            rule = rule(random, 4);
        }

        static Given any(Random random) {
            return new Given(random);
        }

        Evaluation evaluate() {
            return TestGrades.evaluate(rule, items, seen);
        }

        void raiseOne(Random random) {
            List<Long> graded = seen.values().stream()
                    .filter(observation -> observation.score() != null)
                    .map(Observation::lineItemId)
                    .toList();
            if (!graded.isEmpty()) {
                long item = graded.get(random.nextInt(graded.size()));
                BigDecimal score = seen.get(item).score();
                seen.put(item, with(item, score.add(new BigDecimal(random.nextInt(5000)).movePointLeft(2))));
            }
        }

        Observation with(long item, BigDecimal score) {
            Observation before = seen.get(item);
            return new Observation(
                    before.seq(),
                    before.contextId(),
                    before.personId(),
                    before.lineItemId(),
                    before.source(),
                    before.status(),
                    score,
                    before.scoreMaximum(),
                    before.grade(),
                    before.visibility(),
                    before.late(),
                    before.cameAbout(),
                    before.occurredAt(),
                    before.recordedAt(),
                    before.reference());
        }

        private static Observation observation(long item, Random random) {
            Status[] statuses = Status.values();
            Status status = random.nextInt(3) > 0 ? Status.GRADED : statuses[random.nextInt(statuses.length)];
            Visibility visibility =
                    random.nextInt(8) == 0 ? Visibility.HIDDEN : Visibility.values()[random.nextInt(2) * 2];
            String score = random.nextInt(15) == 0 ? null : decimal(random, 12000);
            BigDecimal maximum = maximum(random);
            return TestGrades.observation(
                    item, status, score, maximum == null ? null : maximum.toPlainString(), visibility);
        }

        private static BigDecimal maximum(Random random) {
            return switch (random.nextInt(8)) {
                case 0 -> null;
                case 1 -> BigDecimal.ZERO;
                case 2 -> new BigDecimal("3");
                case 3 -> new BigDecimal("7.5");
                default -> new BigDecimal("100");
            };
        }

        private static Rule rule(Random random, int depth) {
            if (depth == 0 || random.nextInt(3) == 0) {
                boolean percent = random.nextBoolean();
                BigDecimal threshold = new BigDecimal(decimal(random, 9999)).add(new BigDecimal("0.01"));
                return Score.atLeast(
                        1 + random.nextInt(COLUMNS), threshold, percent ? Rule.Unit.PERCENT : Rule.Unit.POINTS);
            }
            List<Rule> parts = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(4); i++) {
                parts.add(rule(random, depth - 1));
            }
            return switch (random.nextInt(3)) {
                case 0 -> new Rule.AllOf(parts);
                case 1 -> new Rule.AnyOf(parts);
                default -> new Rule.AtLeast(1 + random.nextInt(parts.size()), parts);
            };
        }

        private static String decimal(Random random, int hundredths) {
            return new BigDecimal(random.nextInt(hundredths)).movePointLeft(2).toPlainString();
        }
    }
}
