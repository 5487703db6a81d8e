package dev.laurel.award.fall;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardNotFoundException;
import dev.laurel.award.AwardsFell;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.award.Reason;
import dev.laurel.award.human.HumanDecision;
import dev.laurel.award.human.HumanDecisions;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.release.Releases;
import dev.laurel.criteria.CriteriaMet;
import dev.laurel.criteria.CriteriaNoLongerMet;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.LevelNoLongerReached;
import dev.laurel.criteria.NotMetAfterUnknown;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSet;
import dev.laurel.criteria.RuleSets;
import dev.laurel.criteria.Verdicts;
import dev.laurel.criteria.rule.Evaluation.Verdict;
import dev.laurel.criteria.rule.Evaluator;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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

    private final Releases releases;

    private final AwardRepository awards;

    private final AwardHistory history;

    private final Revocations revocations;

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
            Releases releases,
            AwardRepository awards,
            AwardHistory history,
            Revocations revocations,
            AwardPolicies policies,
            HumanDecisions humanDecisions,
            RuleSets ruleSets,
            Verdicts verdicts,
            Jobs jobs,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.falls = falls;
        this.releases = releases;
        this.awards = awards;
        this.history = history;
        this.revocations = revocations;
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
        return falls.open(tenant, ruleSetId, null);
    }

    /** Awards of this person of which she is to be told that something follows. */
    public Set<Long> threatened(TenantId tenant, long personId) {
        return Set.copyOf(falls.threatened(tenant, personId));
    }

    public Optional<Fall> ofAward(TenantId tenant, long awardId) {
        return falls.ofAward(tenant, awardId);
    }

    /**
     * A person decides that the award stays. The machine does not ask again.
     *
     * @throws AwardNotFoundException where nothing is open
     */
    @Transactional
    public void keep(TenantId tenant, long ruleSetId, long fallId, String reason, long byPerson) {
        Fall fall = falls.lock(tenant, ruleSetId, fallId).orElseThrow(() -> new AwardNotFoundException(fallId));
        Instant now = now();
        falls.close(tenant, fall.awardId(), FallRepository.State.KEPT, byPerson, now);
        history.add(tenant, List.of(fall.awardId()), AwardMoment.What.KEPT, byPerson, Reason.require(reason), now);
        releases.reinstate(tenant, awards.find(tenant, List.of(fall.awardId())), byPerson, now);
    }

    /**
     * A person approves that the award is taken back. Once the result is back, it can be earned again.
     *
     * @throws TooEarlyException before the time that the student was told, unless she objected and so has spoken
     * @throws AwardNotFoundException where nothing is open
     */
    @Transactional
    public void revoke(TenantId tenant, long ruleSetId, long fallId, String reason, long byPerson) {
        Fall fall = falls.lock(tenant, ruleSetId, fallId).orElseThrow(() -> new AwardNotFoundException(fallId));
        Instant now = now();
        if (fall.actAt().isAfter(now) && !fall.objected()) {
            throw new TooEarlyException(fall.awardId());
        }
        List<Award> taken = awards.find(tenant, List.of(fall.awardId()));
        revocations.takeBack(tenant, taken, Reason.require(reason), byPerson, now);
        // What is still reached of a badge with tiers, she earns at once.
        taken.stream()
                .filter(award -> award.level() != null)
                .forEach(award -> verdicts.evaluateAgain(tenant, award.contextId(), List.of(award.personId())));
    }

    @EventListener
    @Transactional
    void on(CriteriaNoLongerMet fallen) {
        TenantId tenant = fallen.tenant();
        long ruleSetId = fallen.ruleSet().id();
        List<Long> people = people(fallen.learners());
        releases.withdraw(tenant, ruleSetId, people);
        fell(tenant, ruleSetId, withoutKept(tenant, fallen.ruleSet(), exposed(tenant, ruleSetId, fallen.learners())));
    }

    /** Under which version they met the rule last is not known, unless they were awarded by it. */
    @EventListener
    @Transactional
    void on(NotMetAfterUnknown unmet) {
        TenantId tenant = unmet.tenant();
        RuleSet ruleSet = unmet.ruleSet();
        if (!falls.isAnythingAwarded(tenant, ruleSet.id())) {
            return;
        }
        releases.withdraw(tenant, ruleSet.id(), people(unmet.learners()));
        fell(
                tenant,
                ruleSet.id(),
                exposed(tenant, ruleSet.id(), unmet.learners()).stream()
                        .filter(award -> award.ruleSetVersion() == ruleSet.version())
                        .toList());
    }

    /** What cannot be decided any more (a column is gone, a grade is hidden) speaks against nobody who has the badge. */
    private List<Award> exposed(TenantId tenant, long ruleSetId, List<PersonEvaluation> learners) {
        List<Long> below = people(learners.stream()
                .filter(learner -> learner.evaluation().verdict() == Verdict.NOT_MET)
                .toList());
        return below.isEmpty() ? List.of() : falls.exposed(tenant, ruleSetId, below, awards);
    }

    /** Who has the badge by an earlier version keeps it as long as she meets that one, however the badge was changed since. */
    private List<Award> withoutKept(TenantId tenant, RuleSet ruleSet, List<Award> fallen) {
        Map<Integer, List<Award>> byVersion = fallen.stream()
                .collect(Collectors.groupingBy(Award::ruleSetVersion, TreeMap::new, Collectors.toList()));
        List<Award> without = new ArrayList<>();
        byVersion.forEach((version, ofVersion) -> {
            Map<Long, PersonEvaluation> own = version == ruleSet.version()
                    ? Map.of()
                    : verdicts.underVersion(
                            tenant,
                            ruleSet,
                            version,
                            ofVersion.stream().map(Award::personId).toList());
            ofVersion.stream()
                    .filter(award -> verdict(own.get(award.personId())) != Verdict.MET)
                    .forEach(without::add);
        });
        return without;
    }

    private static @Nullable Verdict verdict(@Nullable PersonEvaluation evaluation) {
        return evaluation == null ? null : evaluation.evaluation().verdict();
    }

    /** She still has earned the badge, but not the tier of it that she has. */
    @EventListener
    @Transactional
    void on(LevelNoLongerReached fallen) {
        TenantId tenant = fallen.tenant();
        long ruleSetId = fallen.ruleSet().id();
        Map<Long, List<Verdict>> tiers = new HashMap<>();
        fallen.learners()
                .forEach(learner -> tiers.put(
                        learner.personId(),
                        Evaluator.tiers(
                                fallen.ruleSet().rule(), learner.evaluation().lines())));
        Map<Integer, List<Long>> byTier = new TreeMap<>();
        tiers.forEach((person, reached) -> byTier.computeIfAbsent(Evaluator.reached(reached), tier -> new ArrayList<>())
                .add(person));
        byTier.forEach((tier, people) -> releases.withdrawAbove(tenant, ruleSetId, people, tier));
        fell(
                tenant,
                ruleSetId,
                falls.exposed(tenant, ruleSetId, tiers.keySet(), awards).stream()
                        .filter(award -> isAbove(award, tiers.getOrDefault(award.personId(), List.of())))
                        .toList());
    }

    /** Whether the tier of an award, or one below it, is missed for certain. */
    private static boolean isAbove(Award award, List<Verdict> tiers) {
        return tiers.stream().limit(award.rank()).anyMatch(Verdict.NOT_MET::equals);
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
        Instant now = now();
        AwardPolicy policy = policies.of(tenant, ruleSetId);
        falls.add(tenant, exposed, policy, now);
        history.add(tenant, ids(exposed), AwardMoment.What.FELL, null, "", now);
        if (policy.onFall() != AwardPolicy.OnFall.KEEP) {
            events.publishEvent(new AwardsFell(tenant, exposed));
        }
        if (policy.onFall() == AwardPolicy.OnFall.SUSPEND) {
            schedule(tenant, now.plus(policy.grace()));
        }
    }

    /** The result is back: so is what the machine took away. */
    @EventListener
    @Transactional
    void on(CriteriaMet met) {
        TenantId tenant = met.tenant();
        List<Fall> open = falls.open(tenant, met.ruleSet().id(), people(met.learners()));
        if (open.isEmpty()) {
            return;
        }
        List<Award> fallen =
                awards.find(tenant, open.stream().map(Fall::awardId).toList());
        List<Long> awardIds = fallen.stream()
                .filter(award -> isBack(award, met))
                .map(Award::id)
                .toList();
        if (awardIds.isEmpty()) {
            return;
        }
        Instant now = now();
        falls.close(tenant, awardIds, FallRepository.State.RECOVERED, null, now);
        history.add(tenant, awardIds, AwardMoment.What.RECOVERED, null, "", now);
        releases.reinstate(tenant, awards.find(tenant, awardIds), null, now);
    }

    /** Whether the tier of the award is reached again; where the rule has none any more, meeting it is enough. */
    private static boolean isBack(Award award, CriteriaMet met) {
        return met.learners().stream()
                .filter(learner -> learner.personId() == award.personId())
                .map(learner -> Evaluator.tiers(
                        met.ruleSet().rule(), learner.evaluation().lines()))
                .anyMatch(tiers -> tiers.isEmpty() || Evaluator.reached(tiers) >= Math.min(award.rank(), tiers.size()));
    }

    /** Somebody has answered: whatever waited for that goes on. */
    public void goOn(TenantId tenant) {
        schedule(tenant, now());
    }

    /** The job: whatever is due. Twice does nothing. */
    public void run(TenantId tenant, String subject) {
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(transaction.execute(status -> suspendDue(tenant)));
        }
        falls.next(tenant, now()).ifPresent(at -> schedule(tenant, at));
    }

    private boolean suspendDue(TenantId tenant) {
        Instant now = now();
        // As with releases: a result may be back that nobody has looked at yet.
        Set<Long> upToDate = ruleSets.upToDate(tenant, falls.dueRuleSets(tenant, now));
        List<Fall> due = upToDate.isEmpty() ? List.of() : falls.lockDue(tenant, upToDate, now, BATCH);
        if (due.isEmpty()) {
            return false;
        }
        List<Long> awardIds = due.stream().map(Fall::awardId).toList();
        falls.suspended(tenant, due.stream().map(Fall::id).toList(), now);
        awards.suspend(tenant, awardIds, now);
        history.add(tenant, awardIds, AwardMoment.What.SUSPENDED, null, "", now);
        List<Award> suspended = awards.find(tenant, awardIds).stream()
                .filter(award -> award.releasedAt() != null)
                .toList();
        if (!suspended.isEmpty()) {
            ruleSets.recordHeld(
                    tenant,
                    suspended.stream()
                            .map(award -> Releases.held(award, HeldAchievement.Standing.SUSPENDED))
                            .toList());
            events.publishEvent(new AwardsSuspended(tenant, suspended));
        }
        return due.size() == BATCH;
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

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
