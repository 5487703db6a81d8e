package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardsFell;
import dev.laurel.award.AwardsReleased;
import dev.laurel.award.AwardsSuperseded;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardChanges;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.question.QuestionAnswered;
import dev.laurel.award.release.Reinstatements;
import dev.laurel.criteria.CriteriaMet;
import dev.laurel.criteria.CriteriaNotMet;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.event.EventListener;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What follows where a result falls below the rule. What nobody was told of is unmade. For the rest the student is told
 * first and can object; then the badge's policy holds, and a person's word is never overwritten.
 */
@Component
@NamedInterface("fall")
public class Falls {

    static final String KIND = "award-fall";

    private static final int BATCH = 500;

    private final FallRepository falls;

    private final Reinstatements reinstatements;

    private final AwardRepository awards;

    private final AwardChanges changes;

    private final AwardHistory history;

    private final Merits merits;

    private final AwardPolicies policies;

    private final HumanDecisions humanDecisions;

    private final RuleSets ruleSets;

    private final Verdicts verdicts;

    private final Jobs jobs;

    private final TransactionTemplate transaction;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Falls(
            FallRepository falls,
            Reinstatements reinstatements,
            AwardRepository awards,
            AwardChanges changes,
            AwardHistory history,
            Merits merits,
            AwardPolicies policies,
            HumanDecisions humanDecisions,
            RuleSets ruleSets,
            Verdicts verdicts,
            Jobs jobs,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.falls = falls;
        this.reinstatements = reinstatements;
        this.awards = awards;
        this.changes = changes;
        this.history = history;
        this.merits = merits;
        this.policies = policies;
        this.humanDecisions = humanDecisions;
        this.ruleSets = ruleSets;
        this.verdicts = verdicts;
        this.jobs = jobs;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** What is open for staff to see, oldest first. */
    public List<Fall> open(TenantId tenant, long ruleSetId) {
        return falls.open(tenant, ruleSetId, null, clock.instant());
    }

    /** How many are open for staff to see, by rule set; one without any is missing. One statement. */
    public Map<Long, Long> counts(TenantId tenant, Collection<Long> ruleSetIds) {
        return ruleSetIds.isEmpty() ? Map.of() : falls.counts(tenant, ruleSetIds, clock.instant());
    }

    /** Awards of this person of which she is to be told that something follows. */
    public Set<Long> threatened(TenantId tenant, long personId) {
        return Set.copyOf(falls.threatened(tenant, personId, clock.instant()));
    }

    /**
     * Of these awards those from which something follows and of which their holders have not spoken since they fell, by
     * award. One statement.
     */
    public Map<Long, Fall> threatening(TenantId tenant, Collection<Long> awardIds) {
        return falls.ofAwards(tenant, awardIds, clock.instant()).stream()
                .filter(Fall::threatens)
                .filter(fall -> !fall.asks() && !fall.spoke())
                .collect(Collectors.toMap(Fall::awardId, Function.identity()));
    }

    /**
     * The holders of these awards were shown that they fell, or had it mailed. The grace begins where they were not told
     * before.
     */
    @Transactional
    public void told(TenantId tenant, Collection<Long> awardIds) {
        List<Long> untold = awardIds.isEmpty() ? List.of() : falls.untold(tenant, awardIds);
        if (!untold.isEmpty()) {
            Instant now = clock.instant();
            falls.told(tenant, untold, now);
            scheduleNext(tenant, now);
        }
    }

    public Optional<Fall> ofAward(TenantId tenant, long awardId) {
        return falls.ofAwards(tenant, List.of(awardId), clock.instant()).stream()
                .findFirst();
    }

    /** What cannot be decided any more (a column is gone, a grade is hidden) speaks against nobody who has the badge. */
    @EventListener
    @Transactional
    void on(CriteriaNotMet below) {
        TenantId tenant = below.tenant();
        RuleSet ruleSet = below.ruleSet();
        Map<Long, PersonEvaluation> now =
                below.learners().stream().collect(Collectors.toMap(PersonEvaluation::personId, Function.identity()));
        Instant at = clock.instant();
        List<Award> standing = falls.lockStanding(tenant, ruleSet, now.keySet(), awards);
        if (standing.isEmpty()) {
            return;
        }
        Map<Long, Verdict> merited = merits.of(tenant, ruleSet, standing, now);
        List<Award> untold = standing.stream()
                .filter(award -> award.isTheMachinesOwn() && merited.get(award.id()) != Verdict.MET)
                .toList();
        if (!untold.isEmpty()) {
            changes.unmake(tenant, untold);
            verdicts.evaluateElsewhere(tenant, ruleSet.contextId(), Revocations.peopleByBadge(untold));
        }
        Set<Long> fallen =
                falls
                        .open(
                                tenant,
                                ruleSet.id(),
                                standing.stream().map(Award::personId).toList(),
                                at)
                        .stream()
                        .map(Fall::awardId)
                        .collect(Collectors.toSet());
        recovered(
                tenant,
                standing.stream()
                        .filter(award -> fallen.contains(award.id()) && merited.get(award.id()) == Verdict.MET)
                        .toList());
        fell(
                tenant,
                ruleSet.id(),
                standing.stream()
                        .filter(award -> !award.isTheMachinesOwn() && !fallen.contains(award.id()) && !award.isOver(at))
                        .filter(award -> merited.get(award.id()) == Verdict.NOT_MET)
                        .toList());
    }

    private void fell(TenantId tenant, long ruleSetId, List<Award> fallen) {
        if (fallen.isEmpty()) {
            return;
        }
        Set<Long> granted = humanDecisions.among(
                tenant,
                ruleSetId,
                HumanDecision.Kind.GRANTED,
                fallen.stream().map(Award::personId).toList());
        List<Award> exposed = fallen.stream()
                .filter(award -> !granted.contains(award.personId()))
                .toList();
        if (exposed.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        AwardPolicy policy = policies.of(tenant, ruleSetId);
        falls.add(tenant, exposed, policy, now);
        history.add(tenant, ids(exposed), AwardMoment.What.FELL, null, "", now);
        if (policy.onFall() != AwardPolicy.OnFall.KEEP) {
            tell(
                    tenant,
                    exposed.stream().filter(award -> award.releasedAt() != null).toList());
        }
        if (policy.onFall() == AwardPolicy.OnFall.SUSPEND) {
            schedule(tenant, now.plus(Fall.untold(policy.grace())));
        }
    }

    private void tell(TenantId tenant, List<Award> fallen) {
        if (!fallen.isEmpty()) {
            events.publishEvent(new AwardsFell(tenant, fallen));
        }
    }

    /** What fell before its holder knew of it: now she does. What is released in the moment it is decided did not fall. */
    @EventListener
    @Transactional
    void on(AwardsReleased released) {
        TenantId tenant = released.tenant();
        List<Award> waited = released.awards().stream()
                .filter(award -> !award.decidedAt().equals(award.releasedAt()))
                .toList();
        if (waited.isEmpty()) {
            return;
        }
        List<Award> fallen = fallen(tenant, waited);
        if (!fallen.isEmpty()) {
            Instant now = clock.instant();
            falls.released(tenant, ids(fallen), now);
            tell(tenant, fallen);
            scheduleNext(tenant, now);
        }
    }

    private List<Award> fallen(TenantId tenant, List<Award> among) {
        Set<Long> threatened = falls.ofAwards(tenant, ids(among), clock.instant()).stream()
                .filter(Fall::threatens)
                .map(Fall::awardId)
                .collect(Collectors.toSet());
        return among.stream().filter(award -> threatened.contains(award.id())).toList();
    }

    /** The result is back: so is what the machine took away. */
    @EventListener
    @Transactional
    void on(CriteriaMet met) {
        TenantId tenant = met.tenant();
        List<Fall> open = falls.open(tenant, met.ruleSet().id(), people(met.learners()), clock.instant());
        if (open.isEmpty()) {
            return;
        }
        List<Award> fallen =
                awards.findForUpdate(tenant, open.stream().map(Fall::awardId).toList());
        recovered(tenant, fallen.stream().filter(award -> isBack(award, met)).toList());
    }

    private void recovered(TenantId tenant, List<Award> back) {
        if (back.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        falls.close(tenant, ids(back), FallRepository.State.RECOVERED, null, now);
        history.add(tenant, ids(back), AwardMoment.What.RECOVERED, null, "", now);
        reinstatements.stay(tenant, back, null, now);
    }

    private static boolean isBack(Award award, CriteriaMet met) {
        return met.learners().stream()
                .filter(learner -> learner.personId() == award.personId())
                .anyMatch(learner -> Merits.merit(award, met.ruleSet().rule(), learner) == Verdict.MET);
    }

    /** Whatever followed from the fall of an award that another one replaced would hit the new one, or nobody. */
    @EventListener
    @Transactional
    void on(AwardsSuperseded superseded) {
        falls.close(
                superseded.tenant(), ids(superseded.awards()), FallRepository.State.SUPERSEDED, null, clock.instant());
    }

    /** Whatever waited for an answer and is due follows with it, so that no further question comes in between. */
    @EventListener
    @Transactional
    void on(QuestionAnswered answered) {
        suspendDue(answered.tenant(), Set.of(answered.ruleSetId()));
        // What is not up to date is looked at first.
        schedule(answered.tenant(), clock.instant());
    }

    /** The job: whatever is due. Twice does nothing. */
    public void run(TenantId tenant, String subject) {
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(
                    transaction.execute(status -> suspendDue(tenant, falls.dueRuleSets(tenant, clock.instant()))));
        }
        scheduleNext(tenant, clock.instant());
    }

    /** What is due at this moment included. */
    private void scheduleNext(TenantId tenant, Instant from) {
        falls.next(tenant, from).ifPresent(at -> schedule(tenant, at));
    }

    private boolean suspendDue(TenantId tenant, Collection<Long> ofRuleSets) {
        Instant now = clock.instant();
        // As with releases: a result may be back that nobody has looked at yet.
        Set<Long> upToDate = ruleSets.upToDate(tenant, ofRuleSets);
        List<Fall> due = upToDate.isEmpty() ? List.of() : falls.lockDue(tenant, upToDate, now, BATCH);
        if (due.isEmpty()) {
            return false;
        }
        List<Long> awardIds = due.stream().map(Fall::awardId).toList();
        falls.suspended(tenant, due.stream().map(Fall::id).toList(), now);
        changes.suspend(tenant, awardIds, now);
        history.add(tenant, awardIds, AwardMoment.What.SUSPENDED, null, "", now);
        List<Award> suspended = awards.find(tenant, awardIds);
        ruleSets.recordHeld(
                tenant,
                suspended.stream()
                        .map(award -> award.held(HeldAchievement.Standing.SUSPENDED))
                        .toList());
        events.publishEvent(new AwardsSuspended(tenant, suspended));
        // Whatever another node has locked is nothing for this one.
        return true;
    }

    private void schedule(TenantId tenant, Instant at) {
        jobs.scheduleAt(KIND, tenant, "due", at.toEpochMilli(), at);
    }

    private static List<Long> people(List<PersonEvaluation> learners) {
        return learners.stream().map(PersonEvaluation::personId).toList();
    }

    private static List<Long> ids(List<Award> awards) {
        return awards.stream().map(Award::id).toList();
    }
}
