package dev.laurel.award.decision;

import dev.laurel.award.Award;
import dev.laurel.award.AwardMoment;
import dev.laurel.award.AwardsBroughtBack;
import dev.laurel.award.ledger.AwardChanges;
import dev.laurel.award.ledger.AwardHistory;
import dev.laurel.award.ledger.AwardRepository;
import dev.laurel.award.ledger.AwardRepository.Holder;
import dev.laurel.award.ledger.CanonicalJson;
import dev.laurel.award.ledger.DecisionRecordRepository;
import dev.laurel.award.ledger.Holding;
import dev.laurel.award.release.Releases;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;

/**
 * What people had before a pass gave them a higher level or a renewal, and have again once that is undone, or before a higher
 * level that a person takes back. What left stays so
 * (docs/decisions/014): a new award says what it said, with its level, its dates and its facts.
 */
@Component
public class Predecessors {

    private final PassRepository passes;

    private final AwardRepository awards;

    private final AwardChanges changes;

    private final DecisionRecordRepository records;

    private final DecisionRecord record;

    private final AwardHistory history;

    private final Releases releases;

    private final ApplicationEventPublisher events;

    Predecessors(
            PassRepository passes,
            AwardRepository awards,
            AwardChanges changes,
            DecisionRecordRepository records,
            DecisionRecord record,
            AwardHistory history,
            Releases releases,
            ApplicationEventPublisher events) {
        this.passes = passes;
        this.awards = awards;
        this.changes = changes;
        this.records = records;
        this.record = record;
        this.history = history;
        this.releases = releases;
        this.events = events;
    }

    /**
     * Of each award of a pass the one that its holder had before, told and not over: in force still where she was not told of
     * the newer one. What a pass gave that was undone itself is passed over for what was before that.
     */
    Map<Long, Award> of(TenantId tenant, long ruleSetId, long passId, Instant now) {
        return standing(tenant, passes.before(tenant, ruleSetId, passId), now);
    }

    /** The lower level that the holder of this award had before it, told and not over. */
    public Optional<Award> lower(TenantId tenant, Award award, Instant now) {
        List<PassRepository.Before> all =
                award.level() == null || award.occurrence() == 1 ? List.of() : passes.before(tenant, award.id());
        Set<Long> lower = find(
                        tenant, all.stream().map(PassRepository.Before::id).toList())
                .stream()
                .filter(old -> old.rankAmong(award.tiers()) < award.rank())
                .map(Award::id)
                .collect(Collectors.toSet());
        List<PassRepository.Before> lowerOnly = all.stream()
                .map(each -> lower.contains(each.id()) ? each : each.passedOver())
                .toList();
        return Optional.ofNullable(standing(tenant, lowerOnly, now).get(award.id()));
    }

    private Map<Long, Award> standing(TenantId tenant, List<PassRepository.Before> all, Instant now) {
        Map<Long, Long> before = new HashMap<>();
        Map<Long, Long> last = new HashMap<>();
        for (PassRepository.Before each : all) {
            long follower = last.getOrDefault(each.newer(), each.newer());
            boolean follows = each.supersededBy() == null || each.supersededBy() == follower;
            if (!follows || before.containsKey(each.newer())) {
                continue;
            }
            if (each.undone()) {
                last.put(each.newer(), each.id());
            } else {
                before.put(each.newer(), each.id());
            }
        }
        Map<Long, Award> standing = find(tenant, before.values()).stream()
                .filter(award -> !award.isOver(now))
                .collect(Collectors.toMap(Award::id, award -> award));
        Map<Long, Award> had = new HashMap<>();
        before.forEach((newer, old) -> {
            Award award = standing.get(old);
            if (award != null) {
                had.put(newer, award);
            }
        });
        return had;
    }

    /** After what had taken their place was taken back. */
    public void bringBack(TenantId tenant, Collection<Award> had, String reason, long byPerson, Instant now) {
        List<Award> gone =
                had.stream().filter(award -> award.revokedAt() != null).toList();
        if (gone.isEmpty()) {
            return;
        }
        Map<Holder, Holding> holdings = awards.holdings(
                tenant,
                gone.stream().map(Award::achievementId).collect(Collectors.toSet()),
                gone.stream().map(Award::personId).toList());
        Map<Long, Award> wanted = new LinkedHashMap<>();
        gone.forEach(award -> wanted.put(
                award.id(),
                award.again(
                        Objects.requireNonNull(holdings.get(new Holder(award.personId(), award.achievementId())))
                                        .last()
                                + 1,
                        now)));
        awards.insertNew(tenant, List.copyOf(wanted.values()));
        passes.takePlace(tenant, wanted);
        Map<Long, Award> again = added(tenant, wanted);
        changes.remindNoMore(
                tenant,
                gone.stream()
                        .filter(Predecessors::wasReminded)
                        .map(award -> again.get(award.id()))
                        .filter(Objects::nonNull)
                        .map(Award::id)
                        .toList());
        records.add(tenant, facts(tenant, gone, again), now);
        List<Award> all = List.copyOf(again.values());
        releases.decided(tenant, all);
        history.add(tenant, all.stream().map(Award::id).toList(), AwardMoment.What.REINSTATED, byPerson, reason, now);
        events.publishEvent(new AwardsBroughtBack(tenant, again));
    }

    /** It stood when its holder was to be told that it ends. */
    private static boolean wasReminded(Award gone) {
        Instant due = gone.remindAt();
        Instant left = gone.revokedAt();
        return due != null && left != null && due.isBefore(left) && gone.suspendedAt() == null;
    }

    private Map<Long, Award> added(TenantId tenant, Map<Long, Award> wanted) {
        Set<UUID> names = wanted.values().stream().map(Award::publicId).collect(Collectors.toSet());
        Map<Long, Long> successors = new HashMap<>();
        for (Award old : find(tenant, wanted.keySet())) {
            Long successor = old.supersededBy();
            if (successor != null) {
                successors.put(successor, old.id());
            }
        }
        Map<Long, Award> added = new LinkedHashMap<>();
        find(tenant, new HashSet<>(successors.keySet())).stream()
                .filter(award -> names.contains(award.publicId()))
                .forEach(award -> added.put(Objects.requireNonNull(successors.get(award.id())), award));
        return added;
    }

    private Map<UUID, CanonicalJson> facts(TenantId tenant, List<Award> gone, Map<Long, Award> again) {
        Map<UUID, String> known =
                records.facts(tenant, gone.stream().map(Award::publicId).toList());
        Map<UUID, CanonicalJson> facts = new LinkedHashMap<>();
        gone.forEach(old -> {
            Award award = again.get(old.id());
            String said = known.get(old.publicId());
            if (award != null && said != null) {
                facts.put(award.publicId(), record.again(said, award));
            }
        });
        return facts;
    }

    private List<Award> find(TenantId tenant, Collection<Long> ids) {
        return ids.isEmpty() ? List.of() : awards.find(tenant, ids);
    }
}
