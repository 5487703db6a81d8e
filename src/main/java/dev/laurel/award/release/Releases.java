package dev.laurel.award.release;

import dev.laurel.award.Award;
import dev.laurel.award.AwardsReleased;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.policy.AwardPolicies;
import dev.laurel.award.policy.AwardPolicy;
import dev.laurel.award.policy.SecondLook;
import dev.laurel.criteria.HeldAchievement;
import dev.laurel.criteria.RuleSets;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

    private final Successions successions;

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
            Successions successions,
            AwardPolicies policies,
            RuleSets ruleSets,
            SecondLook secondLook,
            Jobs jobs,
            TransactionTemplate transaction,
            ApplicationEventPublisher events,
            Clock clock) {
        this.releases = releases;
        this.awards = awards;
        this.successions = successions;
        this.policies = policies;
        this.ruleSets = ruleSets;
        this.secondLook = secondLook;
        this.jobs = jobs;
        this.transaction = transaction;
        this.events = events;
        this.clock = clock;
    }

    /** Releases those of these that wait for the instructor of a badge, and samples with them; answers how many of these. */
    @Transactional
    public int release(TenantId tenant, long ruleSetId, Collection<Long> awardIds) {
        Set<Long> meant = Set.copyOf(awardIds);
        ruleSets.lock(tenant, ruleSetId);
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
        successions.withoutUntold(tenant, List.of(), released);
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
     * @param moments by award when it may be released now
     * @param second those that somebody else has to look at now
     */
    public void settleAnew(TenantId tenant, Map<Long, Instant> moments, List<Long> second) {
        if (!second.isEmpty()) {
            releases.passOn(tenant, second, Award.Wait.SECOND_PERSON, null, clock.instant());
        }
        releases.releaseAt(tenant, moments);
        moments.values().stream().min(Instant::compareTo).ifPresent(at -> schedule(tenant, at));
    }

    /**
     * Another policy says when awards that are not released yet may be: what is due by it is released with it.
     *
     * @param moments by award
     */
    void follow(TenantId tenant, long ruleSetId, Map<Long, Instant> moments) {
        settleAnew(tenant, moments, List.of());
        Instant now = clock.instant();
        List<Long> due = moments.entrySet().stream()
                .filter(each -> !each.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .toList();
        if (!due.isEmpty()) {
            releaseOrWait(tenant, ruleSetId, due, now);
        }
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
            List<Long> left = successions.withoutUntold(tenant, awardIds, awards.find(tenant, awardIds));
            releases.release(tenant, left, now);
            announce(tenant, awards.find(tenant, left));
        }
    }

    private void announce(TenantId tenant, List<Award> released) {
        if (released.isEmpty()) {
            return;
        }
        successions.supersede(tenant, released);
        ruleSets.recordHeld(
                tenant,
                released.stream()
                        .map(award -> award.held(
                                award.suspendedAt() == null
                                        ? HeldAchievement.Standing.HELD
                                        : HeldAchievement.Standing.SUSPENDED))
                        .toList());
        events.publishEvent(new AwardsReleased(tenant, released));
    }

    private void scheduleNext(TenantId tenant, Instant after) {
        releases.next(tenant, after).ifPresent(at -> schedule(tenant, at));
    }

    private void schedule(TenantId tenant, Instant at) {
        jobs.scheduleAt(KIND, tenant, "due", at.toEpochMilli(), at);
    }
}
