package dev.laurel.criteria.rule;

import dev.laurel.gradebook.Observation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One learner, of whom a test says what is known. */
final class TestLearner implements Facts {

    private final CourseFacts course;

    private final Map<Long, List<Observation>> history = new HashMap<>();

    private final Map<Long, Held> badges = new HashMap<>();

    private final List<Elsewhere> brought = new ArrayList<>();

    private Set<String> groups = Set.of();

    TestLearner(CourseFacts course) {
        this.course = course;
    }

    /** One after the other. */
    TestLearner seen(Observation... observations) {
        return seen(List.of(observations));
    }

    TestLearner seen(Collection<Observation> observations) {
        observations.forEach(each -> history.computeIfAbsent(each.lineItemId(), item -> new ArrayList<>())
                .add(each));
        return this;
    }

    TestLearner holds(long achievementId, @Nullable String credits) {
        badges.put(achievementId, new Held(credits == null ? null : new BigDecimal(credits), TestGrades.SEEN));
        return this;
    }

    /** A badge of another organisation. */
    TestLearner brought(@Nullable String achievement, String issuer, String... alignments) {
        brought.add(new Elsewhere(achievement, issuer, List.of(alignments)));
        return this;
    }

    private record Elsewhere(@Nullable String achievement, String issuer, List<String> alignments) {}

    @Override
    public @Nullable Held brought(BroughtBadge asked) {
        return brought.stream().anyMatch(each -> asked.accepts(each.achievement(), each.issuer(), each.alignments()))
                ? new Held(null, TestGrades.SEEN)
                : null;
    }

    TestLearner in(String... numbers) {
        groups = Set.of(numbers);
        return this;
    }

    @Override
    public CourseFacts course() {
        return course;
    }

    @Override
    public @Nullable Observation latest(long lineItemId) {
        Observation latest = null;
        for (Observation each : history(lineItemId)) {
            boolean isEarlier = latest != null
                    && latest.attempt() != null
                    && each.attempt() != null
                    && each.attempt() < latest.attempt()
                    && !each.isWithoutWork();
            latest = isEarlier ? latest : each;
        }
        return latest;
    }

    @Override
    public List<Observation> history(long lineItemId) {
        return history.getOrDefault(lineItemId, List.of());
    }

    @Override
    public @Nullable Held badge(long achievementId) {
        return badges.get(achievementId);
    }

    @Override
    public Set<String> groups() {
        return groups;
    }
}
