package dev.laurel.award.release;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsReleased;
import dev.laurel.award.AwardsStay;
import dev.laurel.award.AwardsSuperseded;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.SecondLook;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.PersonEvaluation;
import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Awards on their way from decided to released. Time releases them in a job: rows are locked and released in one
 * transaction with everything that follows, so a crash releases nothing twice and forgets nothing.
 */
@Component
@NamedInterface("release")
public class Releases {

    static final String KIND = "award-release";

    private static final int BATCH = 1000;

    /** By then what was recorded is looked at, usually. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ReleaseRepository releases;

    private final AwardRepository awards;

    private final AwardHistory history;

    private final AwardPolicies policies;

    private final RuleSets ruleSets;

    private final SecondLook secondLook;

    private final Jobs jobs;

    private final TransactionTemplate transaction;

    private final ApplicationEventPublisher events;

    private final Clock clock;

    Releases(
            ReleaseRepository releases,
            AwardRepository awards,
            AwardHistory history,
            AwardPolicies policies,
            RuleSets ruleSets,
            SecondLook secondLook,
            Jobs jobs,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.releases = releases;
        this.awards = awards;
        this.history = history;
        this.policies = policies;
        this.ruleSets = ruleSets;
        this.secondLook = secondLook;
        this.jobs = jobs;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** What waits for the instructor of a badge, oldest first: samples only where nothing else does. */
    public List<Award> waiting(TenantId tenant, long ruleSetId) {
        List<Long> ids = releases.waiting(tenant, ruleSetId, Award.Wait.INSTRUCTOR);
        List<Award> all = ids.isEmpty() ? List.of() : awards.find(tenant, ids);
        List<Award> real =
                all.stream().filter(award -> award.sampleOf() == null).toList();
        return real.isEmpty() ? all : real;
    }

    /** Releases those of these that wait for the instructor of a badge, and samples with them; answers how many of these. */
    @Transactional
    public int release(TenantId tenant, long ruleSetId, Collection<Long> awardIds) {
        Set<Long> meant = Set.copyOf(awardIds);
        List<Long> locked = releases.lockWaiting(tenant, ruleSetId, Award.Wait.INSTRUCTOR);
        if (locked.isEmpty()) {
            return 0;
        }
        List<Award> going = awards.find(tenant, locked).stream()
                .filter(award -> meant.contains(award.id()) || award.sampleOf() != null)
                .toList();
        passOn(tenant, ruleSetId, going.stream().map(Award::id).toList(), Award.Wait.INSTRUCTOR, null);
        return (int) going.stream().filter(award -> meant.contains(award.id())).count();
    }

    /**
     * Rule sets of whose state this person is to be told nothing yet: something is decided and not released, or a result
     * has not settled, whether it is enough or not. A result that misses the rule might be the one that is not posted.
     *
     * @param states of this person
     */
    public Set<Long> notFinal(TenantId tenant, long personId, Collection<PersonEvaluation> states) {
        Set<Long> notFinal = new HashSet<>(releases.unreleasedOf(tenant, personId));
        List<PersonEvaluation> unknown = states.stream()
                .filter(state -> state.evaluation().lastOfUnknownVisibility().isPresent())
                .toList();
        Map<Long, AwardPolicy> inForce = policies.of(
                tenant, unknown.stream().map(PersonEvaluation::ruleSetId).toList());
        Instant now = clock.instant();
        unknown.stream()
                .filter(state -> Optional.ofNullable(inForce.get(state.ruleSetId()))
                        .flatMap(policy -> policy.settled(state.evaluation()))
                        .filter(now::isBefore)
                        .isPresent())
                .map(PersonEvaluation::ruleSetId)
                .forEach(notFinal::add);
        return notFinal;
    }

    /** What an award waits for that is decided now. */
    public static Award.@Nullable Wait first(AwardPolicy policy, boolean held) {
        return held ? Award.Wait.BRAKE : after(Award.Wait.BRAKE, policy);
    }

    /** What it waits for next. */
    static Award.@Nullable Wait after(Award.Wait over, AwardPolicy policy) {
        if (over == Award.Wait.BRAKE && policy.review()) {
            return Award.Wait.REVIEW;
        }
        return over != Award.Wait.INSTRUCTOR && policy.releases() == AwardPolicy.Releases.INSTRUCTOR
                ? Award.Wait.INSTRUCTOR
                : null;
    }

    /**
     * One thing less stands between these awards and their release.
     *
     * @param vouching who looked at each of them; {@code null}: nobody did
     */
    public void passOn(
            TenantId tenant, long ruleSetId, Collection<Long> awardIds, Award.Wait over, @Nullable Long vouching) {
        if (awardIds.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Long> going = new ArrayList<>(awardIds);
        if (over == Award.Wait.BRAKE) {
            List<Long> second = ruleSets
                    .find(tenant, ruleSetId)
                    .map(ruleSet -> secondLook.needed(
                            tenant, ruleSet, awards.find(tenant, awardIds), Award::personId, award -> null))
                    .orElse(List.of())
                    .stream()
                    .map(Award::id)
                    .toList();
            if (!second.isEmpty()) {
                releases.passOn(tenant, second, Award.Wait.SECOND_PERSON, null, now);
                going.removeAll(second);
            }
        }
        Award.Wait next = after(over, policies.of(tenant, ruleSetId));
        if (going.isEmpty()) {
            return;
        }
        releases.passOn(tenant, going, next, vouching, now);
        if (next == null) {
            releaseOrWait(tenant, ruleSetId, going, now);
            scheduleNext(tenant, now);
        }
    }

    /** At once, but as the job does only of what is up to date; otherwise it is the job's. */
    private void releaseOrWait(TenantId tenant, long ruleSetId, List<Long> going, Instant now) {
        if (ruleSets.upToDate(tenant, List.of(ruleSetId)).isEmpty()) {
            schedule(tenant, now.plus(SOON));
        } else {
            release(tenant, releases.lockDue(tenant, going, now), now);
        }
    }

    /** After deciding: what is released already is told, the rest comes when it is due. */
    public void decided(TenantId tenant, List<Award> decided) {
        List<Award> released =
                decided.stream().filter(award -> award.releasedAt() != null).toList();
        withoutUntold(tenant, List.of(), again(released));
        announce(tenant, released);
        decided.stream()
                .filter(award -> award.releasedAt() == null && award.waitsFor() == null)
                .map(Award::releaseAt)
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .ifPresent(at -> schedule(tenant, at));
    }

    /**
     * The results of awards that are not released yet changed.
     *
     * @param moments which may be released when now
     * @param second those that somebody else has to look at now
     */
    public void settleAnew(TenantId tenant, Map<Instant, List<Long>> moments, List<Long> second) {
        if (!second.isEmpty()) {
            releases.passOn(tenant, second, Award.Wait.SECOND_PERSON, null, clock.instant());
        }
        moments.forEach((at, awardIds) -> releases.releaseAt(tenant, awardIds, at));
        moments.keySet().stream().min(Instant::compareTo).ifPresent(at -> schedule(tenant, at));
    }

    /** The job: whatever is due. Twice does nothing. */
    public void run(TenantId tenant, String subject) {
        boolean more = true;
        while (more) {
            more = Boolean.TRUE.equals(transaction.execute(status -> releaseDue(tenant)));
        }
        scheduleNext(tenant, clock.instant());
    }

    /**
     * Only what is up to date: a badge that is paused tells nobody, and a grade that was corrected is looked at before it
     * is too late. What is passed over is asked for again by the sweep.
     */
    private boolean releaseDue(TenantId tenant) {
        Instant now = clock.instant();
        Set<Long> upToDate = ruleSets.upToDate(tenant, releases.dueRuleSets(tenant, now));
        if (upToDate.isEmpty()) {
            return false;
        }
        List<Long> due = releases.lockDue(tenant, upToDate, now, BATCH);
        release(tenant, due, now);
        return due.size() == BATCH;
    }

    private void release(TenantId tenant, List<Long> awardIds, Instant now) {
        if (!awardIds.isEmpty()) {
            List<Long> left = withoutUntold(tenant, awardIds, again(awards.find(tenant, awardIds)));
            releases.release(tenant, left, now);
            announce(tenant, awards.find(tenant, left));
        }
    }

    private void announce(TenantId tenant, List<Award> released) {
        if (released.isEmpty()) {
            return;
        }
        supersede(tenant, released);
        ruleSets.recordHeld(
                tenant,
                released.stream()
                        .map(award -> held(
                                award,
                                award.suspendedAt() == null
                                        ? HeldAchievement.Standing.HELD
                                        : HeldAchievement.Standing.SUSPENDED))
                        .toList());
        events.publishEvent(new AwardsReleased(tenant, released));
    }

    /**
     * Nobody was told of what these take the place of: that is unmade, and if it is one of these.
     *
     * @param again awards of badges that their holders had before
     * @return those of these that are left
     */
    private List<Long> withoutUntold(TenantId tenant, List<Long> awardIds, Collection<Long> again) {
        if (again.isEmpty()) {
            return awardIds;
        }
        List<Long> untold = releases.lockReplaced(tenant, again).stream()
                .filter(replaced -> !replaced.told())
                .map(ReleaseRepository.Replaced::id)
                .toList();
        if (untold.isEmpty()) {
            return awardIds;
        }
        awards.unmake(tenant, awards.find(tenant, untold));
        return awardIds.stream().filter(award -> !untold.contains(award)).toList();
    }

    /** What these take the place of leaves; it is never edited. */
    private void supersede(TenantId tenant, List<Award> released) {
        List<Long> again = again(released);
        List<ReleaseRepository.Replaced> replaced = again.isEmpty()
                ? List.of()
                : releases.lockReplaced(tenant, again).stream()
                        .filter(ReleaseRepository.Replaced::told)
                        .toList();
        if (replaced.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        List<Long> ids = replaced.stream().map(ReleaseRepository.Replaced::id).toList();
        releases.supersede(tenant, replaced, now);
        history.add(tenant, ids, AwardMoment.What.SUPERSEDED, null, "", now);
        events.publishEvent(new AwardsSuperseded(tenant, awards.find(tenant, ids)));
    }

    private static List<Long> again(List<Award> awards) {
        return awards.stream()
                .filter(award -> award.occurrence() > 1)
                .map(Award::id)
                .toList();
    }

    /** These stay, whatever fell; those of them that are suspended count again. */
    public void stay(TenantId tenant, List<Award> kept, @Nullable Long byPerson, Instant now) {
        events.publishEvent(new AwardsStay(tenant, kept));
        List<Award> suspended =
                kept.stream().filter(award -> award.suspendedAt() != null).toList();
        if (suspended.isEmpty()) {
            return;
        }
        List<Long> ids = suspended.stream().map(Award::id).toList();
        awards.suspend(tenant, ids, null);
        history.add(tenant, ids, AwardMoment.What.REINSTATED, byPerson, "", now);
        List<Award> reinstated = awards.find(tenant, ids).stream()
                .filter(award -> award.releasedAt() != null)
                .toList();
        if (!reinstated.isEmpty()) {
            ruleSets.recordHeld(
                    tenant,
                    reinstated.stream()
                            .map(award -> held(award, HeldAchievement.Standing.HELD))
                            .toList());
            events.publishEvent(new AwardsReinstated(tenant, reinstated));
        }
    }

    public static HeldAchievement held(Award award, HeldAchievement.Standing standing) {
        return new HeldAchievement(
                award.personId(),
                award.achievementId(),
                award.achievementVersion(),
                null,
                award.decidedAt(),
                award.validUntil(),
                standing);
    }

    private void scheduleNext(TenantId tenant, Instant after) {
        releases.next(tenant, after).ifPresent(at -> schedule(tenant, at));
    }

    private void schedule(TenantId tenant, Instant at) {
        jobs.scheduleAt(KIND, tenant, "due", at.toEpochMilli(), at);
    }
}
