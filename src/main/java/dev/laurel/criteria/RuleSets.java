package dev.laurel.criteria;

import dev.laurel.achievement.Achievements;
import dev.laurel.achievement.Issuers;
import dev.laurel.context.CourseZoneChanged;
import dev.laurel.criteria.rule.BadRuleException;
import dev.laurel.criteria.rule.CourseFacts;
import dev.laurel.criteria.rule.Rule;
import dev.laurel.criteria.rule.RuleCheck;
import dev.laurel.gradebook.ColumnsChanged;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** The rule sets of courses: drafted, in force in versions, paused. */
@Component
public class RuleSets {
    private final RuleSetRepository ruleSets;

    private final HeldBadges heldBadges;

    private final RuleSetBadges badges;

    private final ColumnHealth columns;

    private final AudienceHealth audiences;

    private final LearnerEvaluator evaluator;

    private final EvaluationQueue queue;

    private final Achievements achievements;

    private final LastDays lastDays;

    private final Obstacles obstacles;

    private final Issuers issuers;

    private final Clock clock;

    RuleSets(
            RuleSetRepository ruleSets,
            HeldBadges heldBadges,
            RuleSetBadges badges,
            ColumnHealth columns,
            AudienceHealth audiences,
            LearnerEvaluator evaluator,
            EvaluationQueue queue,
            Achievements achievements,
            LastDays lastDays,
            Obstacles obstacles,
            Issuers issuers,
            Clock clock) {
        this.ruleSets = ruleSets;
        this.heldBadges = heldBadges;
        this.badges = badges;
        this.columns = columns;
        this.audiences = audiences;
        this.evaluator = evaluator;
        this.queue = queue;
        this.achievements = achievements;
        this.lastDays = lastDays;
        this.obstacles = obstacles;
        this.issuers = issuers;
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
        Instant now = clock.instant();
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
        RuleSet after = putInForce(tenant, before, achievementVersion, rule, byPerson);
        badges.save(tenant, ruleSetId, rule);
        remember(tenant, after);
        return after;
    }

    /** The same rule in a next version, whose badge says something else; what is remembered of its columns stays. */
    @Transactional(propagation = Propagation.MANDATORY)
    RuleSet reword(TenantId tenant, RuleSet before, int achievementVersion, long byPerson) {
        RuleSet after = putInForce(tenant, before, achievementVersion, before.rule(), byPerson);
        if (after.status() == RuleSet.Status.PAUSED) {
            achievements.activate(tenant, after.achievementId(), achievementVersion, byPerson);
        }
        return after;
    }

    private RuleSet putInForce(TenantId tenant, RuleSet before, int achievementVersion, Rule rule, long byPerson) {
        int version = before.version() + 1;
        ruleSets.insertVersion(tenant, before.id(), version, achievementVersion, rule, byPerson, clock.instant());
        ruleSets.putInForce(tenant, before.id(), version);
        RuleSet after = require(tenant, before.id());
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
     * @throws BadRuleException where this course may not (any more) speak for the badge's issuer, a column of the rule
     *     cannot be read for want of a key, the course does not have its letter any more, part of it is for sections in which
     *     nobody of the course is, or the badge is valid until a day that is over
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional
    public void activate(TenantId tenant, long ruleSetId, long byPerson) {
        RuleSet ruleSet = requireForUpdate(tenant, ruleSetId);
        if (ruleSet.status() == RuleSet.Status.ACTIVE) {
            return;
        }
        requireIssuer(tenant, ruleSet.achievementId(), ruleSet.contextId());
        String obstacle =
                obstacles.of(tenant, ruleSet.contextId(), List.of(ruleSet)).get(ruleSetId);
        if (obstacle != null) {
            throw new BadRuleException("", obstacle);
        }
        achievements.activate(tenant, ruleSet.achievementId(), ruleSet.achievementVersion(), byPerson);
        ruleSets.setStatus(tenant, ruleSetId, RuleSet.Status.ACTIVE, clock.instant());
        remember(tenant, ruleSet);
        queue.everybodyUnder(tenant, ruleSet);
    }

    /**
     * Nobody is evaluated and nobody earns until it is activated again; awards stay. One that paused by itself, because its
     * course lost its issuer, does not go on by itself then.
     *
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional
    public void pause(TenantId tenant, long ruleSetId, long byPerson) {
        RuleSet ruleSet = requireForUpdate(tenant, ruleSetId);
        if (ruleSet.status() == RuleSet.Status.ACTIVE) {
            ruleSets.setStatus(tenant, ruleSetId, RuleSet.Status.PAUSED, clock.instant());
        } else {
            ruleSets.keepPaused(tenant, ruleSetId);
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
        columns.added(changed.tenant(), active, now, changed.lineItemIds());
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

    /** What happened on the last day may have happened a day later there, and the other way round. */
    @EventListener
    void on(CourseZoneChanged changed) {
        ruleSets.active(changed.tenant(), changed.contextId()).stream()
                .filter(ruleSet -> ruleSet.rule().isDated())
                .forEach(ruleSet -> queue.everybodyUnder(changed.tenant(), ruleSet));
    }

    /**
     * As it is now, and as it stays until the surrounding transaction ends.
     *
     * @throws RuleSetNotFoundException where there is none
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public RuleSet lock(TenantId tenant, long ruleSetId) {
        return requireForUpdate(tenant, ruleSetId);
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

    /** Every rule set of the course, drafts included, newest last. */
    public List<RuleSet> ofContext(TenantId tenant, long contextId) {
        return ruleSets.ofContext(tenant, contextId);
    }

    /** Every rule set of these courses, by course and oldest first. One statement. */
    public List<RuleSet> ofContexts(TenantId tenant, Collection<Long> contextIds) {
        return contextIds.isEmpty() ? List.of() : ruleSets.ofContexts(tenant, contextIds);
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
        columns.remember(tenant, ruleSet, facts(tenant, ruleSet.contextId(), List.of(ruleSet)));
    }

    /** What is wrong with what the rule sets of this course look at; empty where all is well. */
    public List<RuleWarning> warnings(TenantId tenant, long contextId) {
        List<RuleSet> ofCourse = ruleSets.ofContext(tenant, contextId).stream()
                .filter(ruleSet -> !ruleSet.isRetired())
                .toList();
        CourseFacts facts = facts(tenant, contextId, ofCourse);
        Set<Long> retired = badges.retired(tenant, facts.badges().keySet());
        List<RuleWarning> warnings = new ArrayList<>();
        for (RuleSet ruleSet : ofCourse) {
            ruleSet.rule()
                    .leaves()
                    .flatMap(leaf -> leaf.warnings(facts).stream())
                    .distinct()
                    .forEach(warning -> warnings.add(new RuleWarning(ruleSet.id(), warning)));
            ruleSet.rule().badgeIds().stream()
                    .filter(retired::contains)
                    .forEach(badge -> warnings.add(new RuleWarning(
                            ruleSet.id(),
                            new Rule.Warning(
                                    0, facts.badges().getOrDefault(badge, ""), "rule.warning.retired-badge"))));
        }
        warnings.addAll(audiences.warnings(tenant, contextId, ofCourse));
        warnings.addAll(lastDays.warnings(tenant, contextId, ofCourse));
        warnings.addAll(columns.warnings(tenant, contextId, ofCourse, facts));
        return warnings;
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

    /** What {@code award} knows of held badges, written in its transaction. Rules that ask for them are evaluated anew. */
    @Transactional
    public void recordHeld(TenantId tenant, Collection<HeldAchievement> held) {
        heldBadges.record(tenant, held);
    }

    private void requireIssuer(TenantId tenant, long achievementId, long contextId) {
        if (!issuers.maySpeak(tenant, achievementId, contextId)) {
            throw new BadRuleException("", "rule.bad.issuer");
        }
    }

    private RuleSet require(TenantId tenant, long ruleSetId) {
        return ruleSets.find(tenant, ruleSetId).orElseThrow(() -> new RuleSetNotFoundException(ruleSetId));
    }

    private RuleSet requireForUpdate(TenantId tenant, long ruleSetId) {
        return ruleSets.findForUpdate(tenant, ruleSetId).orElseThrow(() -> new RuleSetNotFoundException(ruleSetId));
    }
}
