package dev.laurel.dashboard.badge;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.context.Contexts;
import dev.laurel.context.CourseContext;
import dev.laurel.context.Profile;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.Verdicts;
import dev.laurel.dashboard.Names;
import dev.laurel.dashboard.explain.Closeness;
import dev.laurel.dashboard.explain.Explanation;
import dev.laurel.dashboard.explain.Explanations;
import dev.laurel.dashboard.explain.NextStep;
import dev.laurel.platform.wording.Wording;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The learners of a course, by how far they are on the way to one badge. */
@Component
public class Learners {

    private final Verdicts verdicts;

    private final Awards awards;

    private final HumanDecisions humanDecisions;

    private final Contexts contexts;

    private final Explanations explanations;

    private final NextStep nextStep;

    private final Names names;

    private final Wording wording;

    private final Clock clock;

    Learners(
            Verdicts verdicts,
            Awards awards,
            HumanDecisions humanDecisions,
            Contexts contexts,
            Explanations explanations,
            NextStep nextStep,
            Names names,
            Wording wording,
            Clock clock) {
        this.verdicts = verdicts;
        this.awards = awards;
        this.humanDecisions = humanDecisions;
        this.contexts = contexts;
        this.explanations = explanations;
        this.nextStep = nextStep;
        this.names = names;
        this.wording = wording;
        this.clock = clock;
    }

    /** Somebody and, where it applies, the award or the next step. */
    public record Learner(
            long personId,
            String name,
            @Nullable Award award,
            @Nullable String next,
            @Nullable Explanation state) {}

    /**
     * Each learner is in one list; {@code due} meet the rule and get the badge in a moment, {@code earlier} met it before it
     * was activated for what comes from then on, {@code withheld} do not get it because a person decided so, or the day is
     * over that it is valid until.
     */
    public record Groups(
            List<Learner> earned,
            List<Learner> due,
            List<Learner> near,
            List<Learner> started,
            List<Learner> waiting,
            List<Learner> earlier,
            List<Learner> withheld) {

        /** How many of {@code earned} somebody has to look at first. */
        public long toReview() {
            return earned.stream()
                    .filter(learner ->
                            learner.award() != null && learner.award().waitsForReview())
                    .count();
        }
    }

    /** @param version of the badge that the rule set names */
    public Groups of(CourseContext course, RuleSet ruleSet, AchievementVersion version) {
        Map<Long, Award> held = awards.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                .filter(award -> award.revokedAt() == null)
                .collect(Collectors.toMap(Award::personId, Function.identity(), (first, second) -> second));
        Map<Long, PersonEvaluation> evaluations = evaluations(course, ruleSet).stream()
                .collect(Collectors.toMap(PersonEvaluation::personId, Function.identity()));
        Set<Long> everybody = new HashSet<>(held.keySet());
        everybody.addAll(evaluations.keySet());
        Map<Long, Profile> profiles = contexts.profiles(course.tenant(), everybody);
        Set<Long> withheld =
                humanDecisions.among(course.tenant(), ruleSet.id(), HumanDecision.Kind.WITHHELD, everybody);
        Groups groups = new Groups(
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>(),
                new ArrayList<>());
        for (Long personId : everybody) {
            String name = names.of(profiles.get(personId));
            if (withheld.contains(personId) && !held.containsKey(personId)) {
                groups.withheld().add(new Learner(personId, name, null, wording.say("badge.withheld"), null));
            } else {
                sortIn(groups, course, ruleSet, personId, name, held, evaluations);
            }
        }
        Comparator<Learner> byName = Comparator.comparing(Learner::name, String.CASE_INSENSITIVE_ORDER);
        Set<Long> earlier = humanDecisions.among(
                course.tenant(),
                ruleSet.id(),
                HumanDecision.Kind.EARLIER,
                groups.due().stream().map(Learner::personId).toList());
        groups.due().stream()
                .filter(learner -> earlier.contains(learner.personId()))
                .forEach(groups.earlier()::add);
        groups.due().removeAll(groups.earlier());
        if (version.isOver(clock.instant(), course.zone())) {
            groups.due()
                    .forEach(learner -> groups.withheld()
                            .add(new Learner(
                                    learner.personId(),
                                    learner.name(),
                                    null,
                                    wording.say("badge.over"),
                                    learner.state())));
            groups.due().clear();
        }
        List.of(
                        groups.earned(),
                        groups.due(),
                        groups.near(),
                        groups.started(),
                        groups.waiting(),
                        groups.earlier(),
                        groups.withheld())
                .forEach(list -> list.sort(byName));
        return groups;
    }

    Optional<PersonEvaluation> evaluation(CourseContext course, RuleSet ruleSet, long personId) {
        return verdicts.ofLearner(course.tenant(), course.id(), personId).stream()
                .filter(evaluation ->
                        evaluation.ruleSetId() == ruleSet.id() && evaluation.ruleSetVersion() == ruleSet.version())
                .findFirst()
                .or(() -> verdicts.preview(course.tenant(), course.id(), ruleSet.rule()).stream()
                        .filter(evaluation -> evaluation.personId() == personId)
                        .findFirst());
    }

    private Collection<PersonEvaluation> evaluations(CourseContext course, RuleSet ruleSet) {
        return ruleSet.status() == RuleSet.Status.DRAFT
                ? verdicts.preview(course.tenant(), course.id(), ruleSet.rule())
                : verdicts.ofRuleSet(course.tenant(), ruleSet.id()).stream()
                        .filter(evaluation -> evaluation.ruleSetVersion() == ruleSet.version())
                        .toList();
    }

    private void sortIn(
            Groups groups,
            CourseContext course,
            RuleSet ruleSet,
            Long personId,
            String name,
            Map<Long, Award> held,
            Map<Long, PersonEvaluation> evaluations) {
        @Nullable PersonEvaluation evaluation = evaluations.get(personId);
        @Nullable
        Explanation state =
                evaluation == null ? null : explanations.of(course, ruleSet.rule(), evaluation.evaluation());
        @Nullable Award award = held.get(personId);
        if (award != null) {
            groups.earned().add(new Learner(personId, name, award, null, state));
            return;
        }
        if (evaluation == null || state == null) {
            groups.waiting().add(new Learner(personId, name, null, null, null));
            return;
        }
        Learner learner = new Learner(personId, name, null, nextStep.toStaff(state), state);
        switch (Closeness.of(ruleSet.rule(), evaluation.evaluation())) {
            case MET -> groups.due().add(learner);
            case NEAR -> groups.near().add(learner);
            case STARTED -> groups.started().add(learner);
            case WAITING -> groups.waiting().add(learner);
        }
    }
}
