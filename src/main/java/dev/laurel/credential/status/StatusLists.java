package dev.laurel.credential.status;

import dev.laurel.platform.tenant.TenantId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Deals places in the lists of issuers and keeps what stands there. A place is dealt at random, so that it does not tell when
 * a badge was given or beside whose; it never changes and is never dealt again.
 *
 * @see <a href="https://www.w3.org/TR/vc-bitstring-status-list/">Bitstring Status List v1.0</a>
 */
@Component
public class StatusLists {

    /** Half of a list stays free: then two tries find a free place, on average. */
    static final int MOST_PLACES = StatusBits.SIZE / 2;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final StatusListRepository lists;

    private final Clock clock;

    StatusLists(StatusListRepository lists, Clock clock) {
        this.lists = lists;
        this.clock = clock;
    }

    /** Since when an award is not in force; {@code null}: it is. */
    public record Standing(long awardId, @Nullable Instant since) {}

    /** The places of these awards of one issuer; those who have none get one. A handful of statements. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<Long, StatusPlace> deal(TenantId tenant, long issuerId, Collection<Standing> standings) {
        Map<Long, Instant> since = new HashMap<>();
        standings.forEach(standing -> {
            if (standing.since() != null) {
                since.put(standing.awardId(), standing.since());
            }
        });
        List<Long> all =
                standings.stream().map(Standing::awardId).distinct().sorted().toList();
        Map<Long, StatusPlace> places = all.isEmpty() ? Map.of() : lists.places(tenant, all);
        Set<Long> changed = new HashSet<>();
        while (places.size() < all.size()) {
            StatusListRepository.Row list = open(tenant, issuerId);
            List<Long> without = new ArrayList<>(all);
            without.removeAll(places.keySet());
            List<Long> now = without.subList(0, Math.min(without.size(), MOST_PLACES - list.taken()));
            lists.insert(tenant, list.id(), anyPlaces(now), since);
            int before = places.size();
            places = lists.places(tenant, all);
            lists.taken(tenant, list.id(), places.size() - before);
            if (now.stream().anyMatch(since::containsKey)) {
                changed.add(list.id());
            }
        }
        if (!changed.isEmpty()) {
            lists.touch(tenant, changed);
        }
        return places;
    }

    private StatusListRepository.Row open(TenantId tenant, long issuerId) {
        StatusListRepository.Row newest = lists.lockNewest(tenant, issuerId);
        return newest.taken() < MOST_PLACES ? newest : lists.add(tenant, issuerId, newest.number() + 1);
    }

    private static Map<Long, Integer> anyPlaces(Collection<Long> awardIds) {
        Map<Long, Integer> places = new HashMap<>();
        awardIds.forEach(award -> places.put(award, RANDOM.nextInt(StatusBits.SIZE)));
        return places;
    }

    /**
     * Says of these awards that they are not in force any more, or are again. To be signed and published afterwards.
     *
     * @param since {@code null}: they are in force again
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void set(TenantId tenant, Collection<Long> awardIds, @Nullable Instant since) {
        List<Long> concerned = awardIds.isEmpty() ? List.of() : lists.listsOf(tenant, awardIds);
        if (!concerned.isEmpty()) {
            lists.touch(tenant, concerned);
            lists.set(tenant, awardIds, since);
        }
    }

    /** A list as it is to be signed. */
    public record Unsigned(long issuerId, UUID publicId, StatusBits bits) {}

    /**
     * Signs every list of the tenant that says something new. Two nodes at once do no harm: the later revision stays.
     *
     * @param sign what makes bytes of a list, at this time; empty where it cannot be signed now, and then it waits
     */
    public void publish(TenantId tenant, BiFunction<Unsigned, Instant, Optional<byte[]>> sign) {
        for (StatusListRepository.Row list : lists.unsigned(tenant)) {
            Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
            // Read after the revision: the bits are at least as new as it.
            Unsigned unsigned =
                    new Unsigned(list.issuerId(), list.publicId(), StatusBits.of(lists.placesSet(tenant, list.id())));
            sign.apply(unsigned, now)
                    .ifPresent(bytes -> lists.storeSigned(tenant, list.id(), list.revision(), bytes, now));
        }
    }

    /** Whose lists wait to be signed. */
    public List<TenantId> tenantsWithUnsigned() {
        return lists.tenantsWithUnsigned();
    }

    /** What verifiers read; empty where there is no such list. */
    public Optional<SignedStatusList> published(UUID publicId) {
        return lists.signed(publicId);
    }
}
