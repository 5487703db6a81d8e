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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A course of a few columns and one learner in it, for tests of what is said of rules elsewhere. */
public final class OneLearner {

    private static final Instant AT = Instant.parse("2026-03-02T12:00:00Z");

    private final Map<Long, LineItem> items = new HashMap<>();

    private final Map<Long, String> badges = new HashMap<>();

    private final Map<Long, String> held = new HashMap<>();

    private final List<Observation> log = new ArrayList<>();

    private String[] groups = {};

    private @Nullable GradingScheme scheme;

    public OneLearner() {
        for (long id = 1; id <= 3; id++) {
            column(id, Kind.SCORE, null, "100");
        }
    }

    public OneLearner column(long id, Kind kind, @Nullable String group, String maximum) {
        items.put(id, TestGrades.column(id, kind, group, maximum));
        return this;
    }

    public OneLearner graded(long column, String score) {
        return seen(column, Status.GRADED, score, "100");
    }

    public OneLearner letter(long column, String grade) {
        log.add(observation(column, Status.GRADED, null, "100", grade));
        return this;
    }

    public OneLearner seen(long column, Status status, @Nullable String score, String maximum) {
        log.add(observation(column, status, score, maximum, null));
        return this;
    }

    private Observation observation(
            long column, Status status, @Nullable String score, String maximum, @Nullable String grade) {
        return new Observation(
                log.size() + 1,
                1,
                7,
                column,
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
                new Reference("TEST-" + log.size()),
                Observation.Work.UNTOLD);
    }

    /** From the best letter down, each with the percentage from which it is given. */
    public OneLearner scheme(String... lettersAndPercents) {
        List<GradingScheme.Step> steps = new ArrayList<>();
        for (int i = 0; i < lettersAndPercents.length; i += 2) {
            steps.add(new GradingScheme.Step(lettersAndPercents[i], new BigDecimal(lettersAndPercents[i + 1])));
        }
        scheme = new GradingScheme(steps);
        return this;
    }

    public OneLearner named(long badge, String name) {
        badges.put(badge, name);
        return this;
    }

    public OneLearner holds(long badge, String credits) {
        held.put(badge, credits);
        return this;
    }

    public OneLearner in(String... numbers) {
        groups = numbers;
        return this;
    }

    public Evaluation evaluate(Rule rule) {
        TestLearner learner = new TestLearner(new CourseFacts(items, badges, Map.of(), scheme, ZoneOffset.UTC, false))
                .seen(log)
                .in(groups);
        held.forEach(learner::holds);
        return Evaluator.evaluate(rule, learner);
    }
}
