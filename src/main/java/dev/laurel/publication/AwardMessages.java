package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.award.AwardClaimed;
import dev.laurel.award.AwardsBroughtBack;
import dev.laurel.award.AwardsEnding;
import dev.laurel.award.AwardsFell;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsReleased;
import dev.laurel.award.AwardsRevoked;
import dev.laurel.award.AwardsStay;
import dev.laurel.award.AwardsSuperseded;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.context.PersonErased;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.publication.AwardMessage.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * What holders are told at their next launch, written in the transaction in which it happened. One row per award and kind:
 * working everything out again, after a restart or on a restored backup, tells nobody anything twice.
 */
@Component
public class AwardMessages {

    private static final List<Kind> OF_A_STANDING_AWARD =
            List.of(Kind.RELEASED, Kind.FELL, Kind.SUSPENDED, Kind.REINSTATED, Kind.ENDS);

    private final AwardMessageRepository messages;

    private final Clock clock;

    AwardMessages(AwardMessageRepository messages, Clock clock) {
        this.messages = messages;
        this.clock = clock;
    }

    /** Newest first. */
    public List<AwardMessage> unread(TenantId tenant, long personId) {
        return messages.unread(tenant, personId);
    }

    /**
     * She has read what happened to these badges, which she knew of.
     *
     * @param until the newest that she was shown: what came since stays unread
     */
    @Transactional
    public void read(TenantId tenant, long personId, Collection<Long> awardIds, Instant until) {
        if (!awardIds.isEmpty()) {
            messages.read(
                    tenant,
                    personId,
                    awardIds,
                    EnumSet.complementOf(EnumSet.of(Kind.RELEASED)),
                    until,
                    clock.instant());
        }
    }

    /** She has seen that this badge of hers arrived; of anybody else's it says nothing. */
    @Transactional
    public void seen(TenantId tenant, long personId, long awardId) {
        messages.seen(tenant, personId, awardId, Kind.RELEASED, clock.instant());
    }

    @EventListener
    void on(AwardClaimed claimed) {
        Award award = claimed.award();
        messages.seen(claimed.tenant(), award.personId(), award.id(), Kind.RELEASED, clock.instant());
    }

    @EventListener
    void on(AwardsReleased released) {
        messages.add(released.tenant(), released.awards(), Kind.RELEASED, false, clock.instant());
    }

    @EventListener
    void on(AwardsFell fell) {
        messages.add(fell.tenant(), fell.awards(), Kind.FELL, true, clock.instant());
    }

    @EventListener
    void on(AwardsSuspended suspended) {
        messages.drop(suspended.tenant(), suspended.awards(), List.of(Kind.FELL, Kind.REINSTATED), clock.instant());
        messages.add(suspended.tenant(), suspended.awards(), Kind.SUSPENDED, true, clock.instant());
    }

    @EventListener
    void on(AwardsStay stay) {
        messages.drop(stay.tenant(), stay.awards(), List.of(Kind.FELL), clock.instant());
    }

    @EventListener
    void on(AwardsReinstated reinstated) {
        messages.drop(reinstated.tenant(), reinstated.awards(), List.of(Kind.SUSPENDED), clock.instant());
        messages.add(reinstated.tenant(), reinstated.awards(), Kind.REINSTATED, true, clock.instant());
    }

    @EventListener
    void on(AwardsRevoked revoked) {
        List<Award> awards = revoked.awards();
        messages.drop(revoked.tenant(), awards, OF_A_STANDING_AWARD, clock.instant());
        messages.add(revoked.tenant(), awards, Kind.REVOKED, false, clock.instant());
    }

    @EventListener
    void on(AwardsSuperseded superseded) {
        messages.drop(superseded.tenant(), superseded.awards(), OF_A_STANDING_AWARD, clock.instant());
        messages.add(superseded.tenant(), superseded.awards(), Kind.SUPERSEDED, false, clock.instant());
    }

    /** She had it before: nothing new arrived. */
    @EventListener
    void on(AwardsBroughtBack back) {
        List<Award> awards = List.copyOf(back.again().values());
        messages.drop(back.tenant(), awards, List.of(Kind.RELEASED), clock.instant());
        messages.add(back.tenant(), awards, Kind.REINSTATED, true, clock.instant());
    }

    @EventListener
    void on(AwardsEnding ending) {
        messages.add(ending.tenant(), ending.awards(), Kind.ENDS, false, clock.instant());
    }

    @EventListener
    void on(PersonErased erased) {
        messages.forget(erased.tenant(), erased.personId());
    }
}
