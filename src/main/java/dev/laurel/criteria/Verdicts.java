package dev.laurel.criteria;

import dev.laurel.context.Contexts;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.gradebook.LongWork;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** What the rules say of learners, with the reasons: as it is stored, or worked out for somebody who looks. */
@Component
public class Verdicts {

    private final RuleSetRepository ruleSets;

    private final EvaluationRepository evaluations;

    private final LearnerEvaluator evaluator;

    private final EvaluationQueue queue;

    private final HeldBadges heldBadges;

    private final Contexts contexts;

    private final CriteriaSettings settings;

    private final Clock clock;

    Verdicts(
            RuleSetRepository ruleSets,
            EvaluationRepository evaluations,
            LearnerEvaluator evaluator,
            EvaluationQueue queue,
            HeldBadges heldBadges,
            Contexts contexts,
            CriteriaSettings settings,
            Clock clock) {
        this.ruleSets = ruleSets;
        this.evaluations = evaluations;
        this.evaluator = evaluator;
        this.queue = queue;
        this.heldBadges = heldBadges;
        this.contexts = contexts;
        this.settings = settings;
        this.clock = clock;
    }

    /** What a rule would say now of every learner of the course who can earn; nothing is stored. */
    public List<PersonEvaluation> preview(TenantId tenant, long contextId, Rule rule) {
        return previews(tenant, contextId, List.of(rule)).get(0);
    }

    /** The same for several rules, in their order; what they look at is read once for all of them. */
    public List<List<PersonEvaluation>> previews(TenantId tenant, long contextId, List<Rule> rules) {
        Instant now = clock.instant();
        LearnerEvaluator.Course course = evaluator.course(tenant, contextId, rules, null, now);
        List<Long> people =
                contexts.earners(tenant, contextId).stream().sorted().toList();
        return rules.stream()
                .map(rule -> people.stream()
                        .map(person -> course.evaluate(0, 0, rule, person, now))
                        .toList())
                .toList();
    }

    /** The stored evaluations of a rule set, of the version in force; test students are not counted among the learners. */
    public List<PersonEvaluation> ofRuleSet(TenantId tenant, long ruleSetId) {
        RuleSet ruleSet = ruleSets.find(tenant, ruleSetId).orElse(null);
        if (ruleSet == null) {
            return List.of();
        }
        Set<Long> testStudents = contexts.testStudents(tenant, ruleSet.contextId());
        return evaluations.ofRuleSet(tenant, ruleSetId, ruleSet.version()).stream()
                .filter(evaluation -> !testStudents.contains(evaluation.personId()))
                .toList();
    }

    /**
     * The state of one learner under every active rule set of a course, in their order. Where nothing was stored yet it is
     * computed, so a learner always sees what is missing.
     */
    public List<PersonEvaluation> ofLearner(TenantId tenant, long contextId, long personId) {
        List<RuleSet> active = ruleSets.active(tenant, contextId);
        if (active.isEmpty()) {
            return List.of();
        }
        Map<Long, PersonEvaluation> stored =
                evaluations
                        .ofPerson(
                                tenant,
                                personId,
                                active.stream().map(RuleSet::id).toList())
                        .stream()
                        .collect(Collectors.toMap(PersonEvaluation::ruleSetId, Function.identity()));
        List<RuleSet> open =
                active.stream().filter(ruleSet -> !isCurrent(ruleSet, stored)).toList();
        if (!open.isEmpty()) {
            Instant now = clock.instant();
            LearnerEvaluator.Course course = evaluator.course(
                    tenant, contextId, open.stream().map(RuleSet::rule).toList(), Set.of(personId), now);
            open.forEach(ruleSet -> stored.put(ruleSet.id(), course.evaluate(ruleSet, personId, now)));
        }
        return active.stream().map(ruleSet -> stored.get(ruleSet.id())).toList();
    }

    /**
     * What is stored of a learner under these rule sets, in the versions in force; what was not worked out yet is missing.
     * One statement.
     */
    public List<PersonEvaluation> stored(TenantId tenant, long personId, Collection<RuleSet> of) {
        Map<Long, Integer> versions = of.stream().collect(Collectors.toMap(RuleSet::id, RuleSet::version));
        return versions.isEmpty()
                ? List.of()
                : evaluations.ofPerson(tenant, personId, versions.keySet()).stream()
                        .filter(each -> Objects.equals(versions.get(each.ruleSetId()), each.ruleSetVersion()))
                        .toList();
    }

    private static boolean isCurrent(RuleSet ruleSet, Map<Long, PersonEvaluation> stored) {
        PersonEvaluation evaluation = stored.get(ruleSet.id());
        return evaluation != null && evaluation.ruleSetVersion() == ruleSet.version();
    }

    /**
     * Those of these people who meet the rule anew: by work from a moment on alone, as if there were nothing from before. Old
     * work that is graded only then is not new; of what has no day of its own, as results from a file, it is the day on which
     * it was seen.
     *
     * @param since by person
     * @return by person, worked out now and not stored
     */
    public Map<Long, PersonEvaluation> metAnew(TenantId tenant, RuleSet ruleSet, Map<Long, Instant> since) {
        if (since.isEmpty()) {
            return Map.of();
        }
        Instant now = clock.instant();
        LearnerEvaluator.Course course =
                evaluator.courseWithHistory(tenant, ruleSet.contextId(), ruleSet.rule(), since.keySet(), now);
        Map<Long, PersonEvaluation> met = new HashMap<>();
        since.forEach((person, from) -> {
            PersonEvaluation anew = course.evaluateSince(ruleSet, person, from, now);
            if (anew.evaluation().verdict() == Evaluation.Verdict.MET
                    && course.restsOnNew(ruleSet.rule(), anew, from)) {
                met.put(person, anew);
            }
        });
        return met;
    }

    /** What a version of a rule says of people. */
    public record UnderVersion(Rule rule, Map<Long, PersonEvaluation> byPerson) {}

    /**
     * What a version of the rule that may not be in force any more says now of these people: worked out now and not stored.
     * Empty where there never was such a version.
     */
    public Optional<UnderVersion> underVersion(TenantId tenant, RuleSet ruleSet, int version, Collection<Long> people) {
        RuleVersion wanted = new RuleVersion(ruleSet.id(), version);
        return Optional.ofNullable(ruleSets.rules(tenant, Set.of(wanted)).get(wanted))
                .map(rule -> {
                    Instant now = clock.instant();
                    LearnerEvaluator.Course course =
                            evaluator.course(tenant, ruleSet.contextId(), List.of(rule), people, now);
                    return new UnderVersion(
                            rule,
                            people.stream()
                                    .distinct()
                                    .map(person -> course.evaluate(ruleSet.id(), version, rule, person, now))
                                    .collect(Collectors.toMap(PersonEvaluation::personId, Function.identity())));
                });
    }

    /** Asks for these people once more: what kept a badge from them, besides the rule, is over. */
    @Transactional
    public void evaluateAgain(TenantId tenant, long contextId, Collection<Long> personIds) {
        queue.everythingOf(tenant, contextId, personIds);
    }

    /**
     * Asks for people once more in every course that gives badges that they do not have any more: what was given in one may
     * have kept another from giving it.
     *
     * @param peopleByBadge by achievement
     */
    @Transactional
    public void evaluateWhereGiven(TenantId tenant, Map<Long, Set<Long>> peopleByBadge) {
        heldBadges.lookAgainWhereGiven(tenant, peopleByBadge, any -> true);
    }

    /** The same without a course in which they were just looked at. */
    @Transactional
    public void evaluateElsewhere(TenantId tenant, long contextId, Map<Long, Set<Long>> peopleByBadge) {
        heldBadges.lookAgainWhereGiven(tenant, peopleByBadge, context -> context != contextId);
    }

    /** How many results, or learners of a newly activated badge, one pass looks at before the next begins. */
    public int mostAtOnce() {
        return settings.chunk();
    }

    /** How far an evaluation of the course is that takes long; empty while none does. Results and learners are counted. */
    public Optional<LongWork> progress(TenantId tenant, long contextId) {
        return queue.progress(tenant, contextId);
    }
}
