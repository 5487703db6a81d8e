package dev.laurel.criteria;

import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.IssuerGrantRevoked;
import dev.laurel.context.Contexts;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Evaluation;
import dev.laurel.criteria.rule.ExplanationJson;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.RuleCheck;
import dev.laurel.criteria.rule.RuleJson;
import dev.laurel.criteria.rule.Sentences;
import dev.laurel.gradebook.ColumnsChanged;
import dev.laurel.gradebook.LineItem;
import dev.laurel.gradebook.LongWork;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Rule sets, their evaluation and what came of it. */
@Component
public class RuleSets {

    private final RuleSetRepository ruleSets;

    private final EvaluationRepository evaluations;

    private final HeldBadges heldBadges;

    private final RuleSetBadges badges;

    private final ColumnHealth columns;

    private final LearnerEvaluator evaluator;

    private final EvaluationQueue queue;

    private final Sentences sentences;

    private final Achievements achievements;

    private final Contexts contexts;

    private final CriteriaSettings settings;

    private final Clock clock;

    RuleSets(
            RuleSetRepository ruleSets,
            EvaluationRepository evaluations,
            HeldBadges heldBadges,
            RuleSetBadges badges,
            ColumnHealth columns,
            LearnerEvaluator evaluator,
            EvaluationQueue queue,
            Sentences sentences,
            Achievements achievements,
            Contexts contexts,
            CriteriaSettings settings,
            Clock clock) {
        this.ruleSets = ruleSets;
        this.evaluations = evaluations;
        this.heldBadges = heldBadges;
        this.badges = badges;
        this.columns = columns;
        this.evaluator = evaluator;
        this.queue = queue;
        this.sentences = sentences;
        this.achievements = achievements;
        this.contexts = contexts;
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A new draft.
     *
     * @throws BadRuleException where the rule names a column that is not of this course, is written by Laurel, or asks for
     *     more than is possible; or where this course may not speak for the badge's issuer
     */
    @Transactional
    public RuleSet create(
            TenantId tenant, long contextId, long achievementId, int achievementVersion, Rule rule, long byPerson) {
        badges.oneAtATime(tenant, rule);
        check(tenant, contextId, achievementId, rule);
        requireIssuer(tenant, achievementId, contextId);
        Instant now = now();
        long id = ruleSets.insert(tenant, contextId, achievementId, byPerson, now);
        ruleSets.insertVersion(tenant, id, 1, achievementVersion, rule, byPerson, now);
        badges.save(tenant, id, rule);
        RuleSet draft = require(tenant, id);
        remember(tenant, draft);
        return draft;
    }

    /**
     * A new version of the rule; evaluations start over, awards stay.
     *
     * @throws BadRuleException as {@link #create}
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional
    public RuleSet edit(TenantId tenant, long ruleSetId, int achievementVersion, Rule rule, long byPerson) {
        RuleSet before = requireForUpdate(tenant, ruleSetId);
        badges.oneAtATime(tenant, rule);
        check(tenant, before.contextId(), before.achievementId(), rule);
        requireIssuer(tenant, before.achievementId(), before.contextId());
        int version = before.version() + 1;
        ruleSets.insertVersion(tenant, ruleSetId, version, achievementVersion, rule, byPerson, now());
        ruleSets.putInForce(tenant, ruleSetId, version);
        badges.save(tenant, ruleSetId, rule);
        RuleSet after = require(tenant, ruleSetId);
        remember(tenant, after);
        if (after.status() == RuleSet.Status.ACTIVE) {
            achievements.activate(tenant, after.achievementId(), achievementVersion, byPerson);
            queue.everybodyUnder(tenant, after);
        }
        return after;
    }

    /**
     * From now on every learner of the course is evaluated, those who meet the rule already included. The version of the
     * achievement that it names is activated with it. Activating twice does nothing.
     *
     * @throws BadRuleException where this course may not (any more) speak for the badge's issuer, or a column of the rule
     *     cannot be read for want of a key
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional
    public void activate(TenantId tenant, long ruleSetId, long byPerson) {
        RuleSet ruleSet = requireForUpdate(tenant, ruleSetId);
        if (ruleSet.status() == RuleSet.Status.ACTIVE) {
            return;
        }
        requireIssuer(tenant, ruleSet.achievementId(), ruleSet.contextId());
        columns.requireSources(
                tenant,
                ruleSet,
                facts(tenant, ruleSet.contextId(), List.of(ruleSet)).items());
        achievements.activate(tenant, ruleSet.achievementId(), ruleSet.achievementVersion(), byPerson);
        ruleSets.setStatus(tenant, ruleSetId, RuleSet.Status.ACTIVE, now());
        remember(tenant, ruleSet);
        queue.everybodyUnder(tenant, ruleSet);
    }

    /**
     * Nobody is evaluated and nobody earns until it is activated again; awards stay.
     *
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional
    public void pause(TenantId tenant, long ruleSetId, long byPerson) {
        RuleSet ruleSet = requireForUpdate(tenant, ruleSetId);
        if (ruleSet.status() == RuleSet.Status.ACTIVE) {
            ruleSets.setStatus(tenant, ruleSetId, RuleSet.Status.PAUSED, now());
        }
    }

    /** Nobody's result changed, but what can be said of it did. */
    @EventListener
    void on(ColumnsChanged changed) {
        List<RuleSet> active = ruleSets.active(changed.tenant(), changed.contextId());
        if (active.isEmpty()) {
            return;
        }
        CourseFacts now = facts(changed.tenant(), changed.contextId(), active);
        CourseFacts before = now.with(changed.before());
        boolean own =
                changed.lineItemIds().stream().map(now.items()::get).anyMatch(item -> item != null && item.output());
        for (RuleSet ruleSet : active) {
            Set<Long> looksAt = new HashSet<>(ruleSet.rule().looksAt(now));
            looksAt.addAll(ruleSet.rule().looksAt(before));
            // A column that Laurel writes counts in the total, or does not any more.
            boolean total =
                    own && looksAt.stream().map(now.items()::get).anyMatch(item -> item != null && item.isTotal());
            if (total || !Collections.disjoint(looksAt, changed.lineItemIds())) {
                queue.everybodyUnder(changed.tenant(), ruleSet);
            }
        }
    }

    /** Without the grant this course may no longer award in the institution's name. */
    @EventListener
    void on(IssuerGrantRevoked revoked) {
        for (RuleSet ruleSet : ruleSets.active(revoked.tenant(), revoked.contextId())) {
            if (!achievements.maySpeak(revoked.tenant(), ruleSet.achievementId(), revoked.contextId())) {
                ruleSets.setStatus(revoked.tenant(), ruleSet.id(), RuleSet.Status.PAUSED, now());
            }
        }
    }

    public Optional<RuleSet> find(TenantId tenant, long ruleSetId) {
        return ruleSets.find(tenant, ruleSetId);
    }

    /** The rule by which it awards, or did when it last awarded; empty where it was never activated. */
    public Optional<Rule> lastActive(TenantId tenant, long ruleSetId) {
        return ruleSets.lastActive(tenant, ruleSetId);
    }

    /**
     * Those of these that are active and have seen everything that is recorded in their course. They stay so until the
     * surrounding transaction ends, but for what is recorded meanwhile.
     */
    public Set<Long> upToDate(TenantId tenant, Collection<Long> ruleSetIds) {
        return ruleSetIds.isEmpty() ? Set.of() : ruleSets.lockUpToDate(tenant, ruleSetIds);
    }

    /** The badges whose holding each of these rules asked for, as far as the rules are there. One statement. */
    public Map<RuleVersion, Set<Long>> badgesAskedFor(TenantId tenant, Collection<RuleVersion> rules) {
        Map<RuleVersion, Set<Long>> asked = new HashMap<>();
        if (!rules.isEmpty()) {
            ruleSets.rules(tenant, Set.copyOf(rules)).forEach((version, rule) -> asked.put(version, rule.badgeIds()));
        }
        return asked;
    }

    /** How many results, or learners of a newly activated badge, one pass looks at before the next begins. */
    public int mostAtOnce() {
        return settings.chunk();
    }

    /** How far an evaluation of the course is that takes long; empty while none does. Results and learners are counted. */
    public Optional<LongWork> progress(TenantId tenant, long contextId) {
        return queue.progress(tenant, contextId);
    }

    /** Every rule set of the course, drafts included, newest last. */
    public List<RuleSet> ofContext(TenantId tenant, long contextId) {
        return ruleSets.ofContext(tenant, contextId);
    }

    /** Every rule set of these courses, by course and oldest first. One statement. */
    public List<RuleSet> ofContexts(TenantId tenant, Collection<Long> contextIds) {
        return contextIds.isEmpty() ? List.of() : ruleSets.ofContexts(tenant, contextIds);
    }

    /** What a rule would say now of every learner of the course who can earn; nothing is stored. */
    public List<PersonEvaluation> preview(TenantId tenant, long contextId, Rule rule) {
        return previews(tenant, contextId, List.of(rule)).get(0);
    }

    /** The same for several rules, in their order; what they look at is read once for all of them. */
    public List<List<PersonEvaluation>> previews(TenantId tenant, long contextId, List<Rule> rules) {
        Instant now = now();
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
    public List<PersonEvaluation> evaluations(TenantId tenant, long ruleSetId) {
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
            Instant now = now();
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
     * Those of these people who meet the rule anew: by what happened from a moment on alone, as if there were nothing from
     * before.
     *
     * @param since by person
     * @return by person, worked out now and not stored
     */
    public Map<Long, PersonEvaluation> metAnew(TenantId tenant, RuleSet ruleSet, Map<Long, Instant> since) {
        if (since.isEmpty()) {
            return Map.of();
        }
        Instant now = now();
        LearnerEvaluator.Course course =
                evaluator.course(tenant, ruleSet.contextId(), List.of(ruleSet.rule()), since.keySet(), now);
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

    /**
     * Somebody looked at the columns of a rule and says that they are the right ones still, whatever they are called now.
     *
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional
    public void columnsAreRight(TenantId tenant, long ruleSetId) {
        remember(tenant, requireForUpdate(tenant, ruleSetId));
    }

    private void remember(TenantId tenant, RuleSet ruleSet) {
        columns.remember(
                tenant,
                ruleSet,
                facts(tenant, ruleSet.contextId(), List.of(ruleSet)).items());
    }

    /** What is wrong with what the rule sets of this course look at; empty where all is well. */
    public List<RuleWarning> warnings(TenantId tenant, long contextId) {
        List<RuleSet> ofCourse = ruleSets.ofContext(tenant, contextId);
        CourseFacts facts = facts(tenant, contextId, ofCourse);
        List<RuleWarning> warnings = new ArrayList<>();
        for (RuleSet ruleSet : ofCourse) {
            ruleSet.rule()
                    .leaves()
                    .flatMap(leaf -> leaf.warnings(facts).stream())
                    .distinct()
                    .forEach(warning -> warnings.add(new RuleWarning(ruleSet.id(), warning)));
        }
        warnings.addAll(columns.warnings(tenant, contextId, ofCourse, facts.items()));
        return warnings;
    }

    /** The rule in one plain English sentence, with the labels of its columns, without a full stop. */
    public String sentence(TenantId tenant, long contextId, Rule rule) {
        return sentences.of(rule, evaluator.facts(tenant, contextId, List.of(rule)));
    }

    /** The same of a rule over columns and badges that are of no course. */
    public String sentence(Rule rule, Collection<LineItem> items, Map<Long, String> badges) {
        Map<Long, LineItem> byId = items.stream().collect(Collectors.toMap(LineItem::id, Function.identity()));
        return sentences.of(rule, new CourseFacts(byId, badges, null, ZoneOffset.UTC, false));
    }

    /**
     * What the rule makes of each state of a result, for those who make it and those who must meet it. Parts that make the
     * same of everything stand together, each as its sentence.
     */
    public WhatCounts whatCounts(TenantId tenant, long contextId, Rule rule) {
        CourseFacts facts = evaluator.facts(tenant, contextId, List.of(rule));
        return WhatCounts.of(rule, facts, leaf -> sentences.of(leaf, facts));
    }

    /** A sentence for each of these rule sets of one course, by its number. */
    public Map<Long, String> sentences(TenantId tenant, long contextId, Collection<RuleSet> ofCourse) {
        CourseFacts facts = facts(tenant, contextId, ofCourse);
        return ofCourse.stream().collect(Collectors.toMap(RuleSet::id, each -> sentences.of(each.rule(), facts)));
    }

    private CourseFacts facts(TenantId tenant, long contextId, Collection<RuleSet> ruleSets) {
        return evaluator.facts(
                tenant, contextId, ruleSets.stream().map(RuleSet::rule).toList());
    }

    /**
     * Whether the rule could be saved here.
     *
     * @param achievementId of the badge it would be the rule of; 0: of one that is not there yet
     * @throws BadRuleException as {@link #create}
     */
    public void check(TenantId tenant, long contextId, long achievementId, Rule rule) {
        RuleCheck.check(rule, evaluator.facts(tenant, contextId, List.of(rule)));
        badges.requireNoCycle(tenant, achievementId, rule);
    }

    /** The columns that the rule looks at in its course: those it names, and those of the groups and totals it names. */
    public Set<Long> looksAt(TenantId tenant, RuleSet ruleSet) {
        return ruleSet.rule().looksAt(facts(tenant, ruleSet.contextId(), List.of(ruleSet)));
    }

    /** The rule as versioned JSON (docs/rules.md). */
    public String json(Rule rule) {
        return RuleJson.write(rule);
    }

    /**
     * A rule from versioned JSON. Whether a course can use it is checked when it is saved.
     *
     * @throws BadRuleException with the place that cannot be understood
     */
    public Rule parse(String json) {
        return RuleJson.read(json);
    }

    /** The lines of an evaluation as JSON, as decision records keep them. */
    public String json(Evaluation evaluation) {
        return ExplanationJson.write(evaluation);
    }

    /** Asks for these people once more: what kept a badge from them, besides the rule, is over. */
    @Transactional
    public void evaluateAgain(TenantId tenant, long contextId, Collection<Long> personIds) {
        queue.everythingOf(tenant, contextId, personIds);
    }

    /** What {@code award} knows of held badges, written in its transaction. Rules that ask for them are evaluated anew. */
    @Transactional
    public void recordHeld(TenantId tenant, Collection<HeldAchievement> held) {
        heldBadges.record(tenant, held);
    }

    private void requireIssuer(TenantId tenant, long achievementId, long contextId) {
        if (!achievements.maySpeak(tenant, achievementId, contextId)) {
            throw new BadRuleException("", "rule.bad.issuer");
        }
    }

    private RuleSet require(TenantId tenant, long ruleSetId) {
        return ruleSets.find(tenant, ruleSetId).orElseThrow(() -> new RuleSetNotFoundException(ruleSetId));
    }

    private RuleSet requireForUpdate(TenantId tenant, long ruleSetId) {
        return ruleSets.findForUpdate(tenant, ruleSetId).orElseThrow(() -> new RuleSetNotFoundException(ruleSetId));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
