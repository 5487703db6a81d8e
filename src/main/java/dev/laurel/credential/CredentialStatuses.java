package dev.laurel.credential;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsRevoked;
import dev.laurel.award.AwardsSuperseded;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.context.PersonErased;
import dev.laurel.credential.status.StatusLists;
import dev.laurel.credential.status.StatusLists.Standing;
import dev.laurel.credential.status.StatusPlace;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the status lists what becomes of awards, in the transaction in which it does. Open Badges leaves room for one status
 * in a credential, and verifiers look at revocation alone: so a suspended badge stands in the same list, until it counts again.
 */
@Component
class CredentialStatuses {

    private final StatusLists lists;

    private final Awards awards;

    private final Achievements achievements;

    private final Jobs jobs;

    private final Clock clock;

    CredentialStatuses(StatusLists lists, Awards awards, Achievements achievements, Jobs jobs, Clock clock) {
        this.lists = lists;
        this.awards = awards;
        this.achievements = achievements;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * The places of these awards; those that have none get one.
     *
     * @param badges what was awarded; of what is not among them there is no issuer and no place
     */
    Map<Long, StatusPlace> deal(
            TenantId tenant, Collection<Award> all, Map<AchievementVersion.Key, AchievementVersion> badges) {
        Map<Long, StatusPlace> places = new HashMap<>();
        all.stream()
                .filter(award -> badges.containsKey(award.badge()))
                .collect(Collectors.groupingBy(award ->
                        Objects.requireNonNull(badges.get(award.badge())).issuerId()))
                .forEach((issuer, theirs) -> places.putAll(lists.deal(
                        tenant,
                        issuer,
                        theirs.stream()
                                .map(award -> new Standing(award.id(), notInForceSince(award)))
                                .toList())));
        return places;
    }

    private static @Nullable Instant notInForceSince(Award award) {
        return award.revokedAt() != null ? award.revokedAt() : award.suspendedAt();
    }

    @EventListener
    void on(AwardsRevoked revoked) {
        set(revoked.tenant(), revoked.awards(), now());
    }

    /** The newer one is in force in its place. */
    @EventListener
    void on(AwardsSuperseded superseded) {
        set(superseded.tenant(), superseded.awards(), now());
    }

    @EventListener
    void on(AwardsSuspended suspended) {
        set(suspended.tenant(), suspended.awards(), now());
    }

    @EventListener
    void on(AwardsReinstated reinstated) {
        set(reinstated.tenant(), reinstated.awards(), null);
    }

    /** Nothing of an erased person is in force. */
    @EventListener
    void on(PersonErased erased) {
        set(erased.tenant(), awards.ofPerson(erased.tenant(), erased.personId()), now());
    }

    private void set(TenantId tenant, List<Award> all, @Nullable Instant since) {
        if (all.isEmpty()) {
            return;
        }
        // A place before it is signed, or the credential would be signed as if it were in force.
        deal(
                tenant,
                all,
                achievements.versions(tenant, all.stream().map(Award::badge).toList()));
        lists.set(tenant, all.stream().map(Award::id).toList(), since);
        jobs.schedule(StatusListSigning.KIND, tenant, "all", clock.instant().toEpochMilli());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
