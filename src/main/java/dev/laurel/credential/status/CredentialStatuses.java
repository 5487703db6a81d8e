package dev.laurel.credential.status;

import dev.laurel.achievement.AchievementVersion;
import dev.laurel.achievement.Achievements;
import dev.laurel.award.Award;
import dev.laurel.award.Awards;
import dev.laurel.award.AwardsReinstated;
import dev.laurel.award.AwardsRevoked;
import dev.laurel.award.AwardsSuperseded;
import dev.laurel.award.AwardsSuspended;
import dev.laurel.context.PersonErased;
import dev.laurel.credential.CredentialFormat;
import dev.laurel.credential.CredentialFormats;
import dev.laurel.credential.status.StatusLists.Standing;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Tells the status lists what becomes of awards, in the transaction in which it does. Open Badges leaves room for one status
 * in a credential, and verifiers look at revocation alone: so a suspended badge stands in the same list, until it
 * counts again, and a second list beside it says that it is suspended only (docs/decisions/014).
 */
@Component
public class CredentialStatuses {

    private final StatusLists lists;

    private final Awards awards;

    private final Achievements achievements;

    private final CredentialFormats formats;

    private final Jobs jobs;

    private final Clock clock;

    CredentialStatuses(
            StatusLists lists,
            Awards awards,
            Achievements achievements,
            CredentialFormats formats,
            Jobs jobs,
            Clock clock) {
        this.lists = lists;
        this.awards = awards;
        this.achievements = achievements;
        this.formats = formats;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * The places of these awards; those that have none get one.
     *
     * @param badges what was awarded; of what is not among them there is no issuer and no place
     */
    public Map<Long, StatusPlace> deal(
            TenantId tenant, Collection<Award> all, Map<AchievementVersion.Key, AchievementVersion> badges) {
        Map<Long, StatusPlace> places = new HashMap<>();
        ListKind kind = kind(tenant);
        Map<Long, Long> issuers = issuers(all, badges);
        Map<Long, List<Award>> byIssuer = all.stream()
                .filter(award -> issuers.containsKey(award.id()))
                .collect(Collectors.groupingBy(
                        award -> Objects.requireNonNull(issuers.get(award.id())), TreeMap::new, Collectors.toList()));
        if (byIssuer.size() > 1) {
            lists.lock(tenant, issuers, kind, false);
        }
        byIssuer.forEach((issuer, theirs) -> places.putAll(lists.deal(
                tenant,
                issuer,
                kind,
                theirs.stream().map(CredentialStatuses::standing).toList())));
        return places;
    }

    private ListKind kind(TenantId tenant) {
        return formats.of(tenant).status() == CredentialFormat.Status.IDS ? ListKind.IDS : ListKind.BITS;
    }

    /** By award. */
    private static Map<Long, Long> issuers(
            Collection<Award> all, Map<AchievementVersion.Key, AchievementVersion> badges) {
        Map<Long, Long> issuers = new HashMap<>();
        for (Award award : all) {
            AchievementVersion badge = badges.get(award.badge());
            if (badge != null) {
                issuers.put(award.id(), badge.issuerId());
            }
        }
        return issuers;
    }

    private static Standing standing(Award award) {
        if (award.revokedAt() != null) {
            return new Standing(
                    award.id(),
                    award.revokedAt(),
                    award.supersededBy() == null ? Withdrawal.REVOKED : Withdrawal.SUPERSEDED);
        }
        return new Standing(award.id(), award.suspendedAt(), award.suspendedAt() == null ? null : Withdrawal.SUSPENDED);
    }

    @EventListener
    void on(AwardsRevoked revoked) {
        withdraw(revoked.tenant(), revoked.awards(), Withdrawal.REVOKED);
    }

    /** The newer one is in force in its place. */
    @EventListener
    void on(AwardsSuperseded superseded) {
        withdraw(superseded.tenant(), superseded.awards(), Withdrawal.SUPERSEDED);
    }

    @EventListener
    void on(AwardsSuspended suspended) {
        withdraw(suspended.tenant(), suspended.awards(), Withdrawal.SUSPENDED);
    }

    @EventListener
    void on(AwardsReinstated reinstated) {
        change(reinstated.tenant(), reinstated.awards(), ids -> lists.reinstate(reinstated.tenant(), ids));
    }

    /** Nothing of an erased person is in force. */
    @EventListener
    void on(PersonErased erased) {
        withdraw(erased.tenant(), awards.ofPerson(erased.tenant(), erased.personId()), Withdrawal.ENDED);
    }

    /** The credential of this award leaves, and a newer one will take its place. */
    public void supersede(TenantId tenant, Award award, int issue) {
        change(tenant, List.of(award), ids -> lists.supersede(tenant, award.id(), issue, clock.instant()));
    }

    private void withdraw(TenantId tenant, List<Award> all, Withdrawal why) {
        change(tenant, all, ids -> lists.withdraw(tenant, ids, why, clock.instant()));
    }

    private void change(TenantId tenant, List<Award> all, Consumer<List<Long>> change) {
        if (all.isEmpty()) {
            return;
        }
        Map<AchievementVersion.Key, AchievementVersion> badges =
                achievements.versions(tenant, all.stream().map(Award::badge).toList());
        Map<Long, Long> issuers = issuers(all, badges);
        if (Set.copyOf(issuers.values()).size() > 1) {
            lists.lock(tenant, issuers, kind(tenant), true);
        }
        // A place before it is signed, or the credential would be signed as if it were in force.
        deal(tenant, all, badges);
        change.accept(all.stream().map(Award::id).toList());
        jobs.schedule(StatusListSigning.KIND, tenant, "all", clock.instant().toEpochMilli());
    }
}
