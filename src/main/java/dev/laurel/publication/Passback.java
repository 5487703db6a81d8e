package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.award.AwardClaimed;
import dev.laurel.award.AwardDeclined;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsReleased;
import dev.laurel.award.AwardsRevoked;
import dev.laurel.gradebook.ColumnRemoved;
import dev.laurel.gradebook.Gradebook;
import dev.laurel.gradebook.LineItem;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.PassbackRepository.Setting;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Scores that Laurel writes to the LMS, 1 of 1 on award, only for badges where an instructor turned it on. Nobody ever gets a
 * zero: those who have not earned the badge, or from whom it was taken back, have no score at all.
 */
@Component
public class Passback {

    /** Moodle shows the teacher a form first that she has to save. */
    private static final Duration PLATFORM_MAKES_IT = Duration.ofMinutes(10);

    private final PassbackRepository passback;

    private final Awards awards;

    private final Gradebook gradebook;

    private final Jobs jobs;

    private final Clock clock;

    Passback(PassbackRepository passback, Awards awards, Gradebook gradebook, Jobs jobs, Clock clock) {
        this.passback = passback;
        this.awards = awards;
        this.gradebook = gradebook;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * How it goes for one badge.
     *
     * @param waiting scores that are still to be sent
     * @param givenUp scores that the platform refused for good
     * @param problem plain words for staff, {@code null} while all is well
     */
    public record Status(
            boolean enabled,
            int sent,
            int waiting,
            int givenUp,
            @Nullable String problem) {}

    /** The {@code resourceId} of the column in which Laurel writes who earned a badge. */
    public static String resourceId(long ruleSetId) {
        return Gradebook.outputResourceId(columnId(ruleSetId));
    }

    static String columnId(long ruleSetId) {
        return "laurel-badge-" + ruleSetId;
    }

    /** Whether the platform of this course takes columns and scores from us. */
    public boolean isPossible(TenantId tenant, long contextId) {
        return gradebook.canWriteScores(tenant, contextId);
    }

    public boolean isEnabled(TenantId tenant, long ruleSetId) {
        return passback.setting(tenant, ruleSetId).map(Setting::enabled).orElse(false);
    }

    /** Turns it on (also for awards that were made before) or off (what was sent stays). Idempotent. */
    @Transactional
    public void enable(TenantId tenant, long ruleSetId, boolean on, long byPerson) {
        Instant now = clock.instant();
        passback.turn(tenant, ruleSetId, on, byPerson, now);
        if (on) {
            ask(tenant, ruleSetId, awards.ofRuleSet(tenant, ruleSetId), now);
        }
    }

    /**
     * Turns it on where a deep link brings the column along: the platform makes it, and Laurel makes none of its own before
     * {@link #PLATFORM_MAKES_IT} is over.
     */
    @Transactional
    public void enableWithLink(TenantId tenant, long ruleSetId, long byPerson) {
        Instant now = clock.instant();
        passback.turn(tenant, ruleSetId, true, byPerson, now);
        passback.claimColumn(tenant, ruleSetId, now, now.plus(PLATFORM_MAKES_IT));
        ask(tenant, ruleSetId, awards.ofRuleSet(tenant, ruleSetId), now);
    }

    /** The column that Laurel writes for this badge, where it is there. */
    public Optional<LineItem> column(TenantId tenant, long ruleSetId) {
        return passback.setting(tenant, ruleSetId)
                .map(Setting::lineItemId)
                .flatMap(id -> gradebook.lineItem(tenant, id))
                .filter(item -> !item.deleted());
    }

    /** Empty where nobody ever turned it on. */
    public Optional<Status> status(TenantId tenant, long ruleSetId) {
        return passback.status(tenant, ruleSetId);
    }

    /** Of a rule set that is deleted. A column that was made for it stays in the course. */
    @Transactional
    public void forget(TenantId tenant, long ruleSetId) {
        passback.forget(tenant, ruleSetId);
    }

    @EventListener
    void on(AwardsReleased released) {
        Set<Long> ruleSets = released.awards().stream().map(Award::ruleSetId).collect(Collectors.toSet());
        if (ruleSets.isEmpty()) {
            return;
        }
        Instant now = clock.instant();
        for (long ruleSetId : passback.enabledAmong(released.tenant(), ruleSets)) {
            List<Award> its = released.awards().stream()
                    .filter(award -> award.ruleSetId() == ruleSetId)
                    .toList();
            ask(released.tenant(), ruleSetId, its, now);
        }
    }

    /** What was not sent yet never is, and what was is taken away. */
    @EventListener
    void on(AwardsRevoked revoked) {
        Instant now = clock.instant();
        passback.withdraw(
                        revoked.tenant(),
                        revoked.awards().stream().map(Award::id).toList(),
                        now)
                .forEach(ruleSetId -> jobs.schedule(
                        ScoreSending.KIND, revoked.tenant(), Long.toString(ruleSetId), now.toEpochMilli()));
    }

    @EventListener
    void on(AwardDeclined declined) {
        passback.drop(declined.tenant(), List.of(declined.awardId()), clock.instant());
    }

    /** Whoever declined first is asked for a score again. */
    @EventListener
    void on(AwardClaimed claimed) {
        long ruleSetId = claimed.award().ruleSetId();
        if (isEnabled(claimed.tenant(), ruleSetId)) {
            ask(claimed.tenant(), ruleSetId, List.of(claimed.award()), clock.instant());
        }
    }

    /** Whoever takes the column of a badge away wants no new one. One that the platform does not let go is written on. */
    @EventListener
    void on(ColumnRemoved removed) {
        TenantId tenant = removed.tenant();
        passback.ofColumn(tenant, removed.lineItemId()).ifPresent(ruleSetId -> {
            passback.turn(tenant, ruleSetId, false, removed.byPerson(), clock.instant());
            passback.forgetColumn(tenant, ruleSetId, clock.instant());
        });
    }

    /** A score in the LMS tells the student, so it waits for the release; what she declined nobody else sees. */
    private void ask(TenantId tenant, long ruleSetId, List<Award> its, Instant now) {
        List<Award> due = its.stream()
                .filter(award -> award.releasedAt() != null
                        && award.revokedAt() == null
                        && award.declinedAt() == null
                        && award.sampleOf() == null)
                .toList();
        if (!due.isEmpty()) {
            passback.add(tenant, due, now);
            jobs.schedule(ScoreSending.KIND, tenant, Long.toString(ruleSetId), now.toEpochMilli());
        }
    }
}
