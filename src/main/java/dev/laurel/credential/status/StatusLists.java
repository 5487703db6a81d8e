package dev.laurel.credential.status;

import dev.laurel.platform.tenant.FormerPublicUrls;
import dev.laurel.platform.tenant.PublicUrl;
import dev.laurel.platform.tenant.TenantId;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    private final PublishedCopies copies;

    private final Restored restored;

    private final PublicUrl publicUrl;

    private final FormerPublicUrls former;

    private final Clock clock;

    StatusLists(
            StatusListRepository lists,
            PublishedCopies copies,
            Restored restored,
            PublicUrl publicUrl,
            FormerPublicUrls former,
            Clock clock) {
        this.lists = lists;
        this.copies = copies;
        this.restored = restored;
        this.publicUrl = publicUrl;
        this.former = former;
        this.clock = clock;
    }

    /** Since when an award is not in force, and why; both {@code null}: it is. */
    public record Standing(
            long awardId, @Nullable Instant since, @Nullable Withdrawal why) {}

    /**
     * The places of these awards of one issuer; those who have none get one. A handful of statements.
     *
     * @param kind of the list in which new places are dealt
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Map<Long, StatusPlace> deal(TenantId tenant, long issuerId, ListKind kind, Collection<Standing> standings) {
        Map<Long, Standing> byAward = new TreeMap<>();
        standings.forEach(standing -> byAward.put(standing.awardId(), standing));
        Map<Long, StatusPlace> places = byAward.isEmpty() ? Map.of() : lists.places(tenant, byAward.keySet());
        Set<Long> changed = new HashSet<>();
        while (places.size() < byAward.size()) {
            StatusListRepository.Row list = open(tenant, issuerId, kind);
            // Somebody else may have dealt them while this waited for the list.
            places = lists.places(tenant, byAward.keySet());
            List<Standing> without = new ArrayList<>(byAward.values());
            Set<Long> have = places.keySet();
            without.removeIf(standing -> have.contains(standing.awardId()));
            if (without.isEmpty()) {
                break;
            }
            List<Standing> now = without.subList(0, Math.min(without.size(), MOST_PLACES - list.taken()));
            lists.insert(tenant, list.id(), anyPlaces(now));
            int before = places.size();
            places = lists.places(tenant, byAward.keySet());
            lists.taken(tenant, list.id(), places.size() - before);
            if (now.stream().anyMatch(standing -> standing.since() != null)) {
                changed.add(list.id());
            }
        }
        if (!changed.isEmpty()) {
            lists.touch(tenant, changed);
        }
        return places;
    }

    /**
     * Takes places back that were dealt under an address which Laurel left, and which no credential names yet, nor any variant of one: what
     * is signed for the first time is signed under the address of today. In those lists nothing is dealt any more, so nobody else gets them.
     *
     * @param awardIds of credentials that are not signed, and cannot be until the transaction ends
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void forgetPlacesBeforeMove(TenantId tenant, Collection<Long> awardIds) {
        if (!former.all().isEmpty()) {
            lists.forgetPlacesElsewhere(tenant, awardIds, publicUrl);
        }
    }

    /** A place that an endorsement has in a list. */
    public record Endorsed(long listId, StatusPlace place) {}

    /** A place for an endorsement that this issuer gives, to be kept with it in the same transaction. */
    @Transactional(propagation = Propagation.MANDATORY)
    public Endorsed dealToEndorsement(TenantId tenant, long issuerId) {
        StatusListRepository.Row list = open(tenant, issuerId, ListKind.ENDORSEMENTS);
        Set<Integer> taken = lists.placesOfEndorsements(tenant, list.id());
        int place = RANDOM.nextInt(StatusBits.SIZE);
        while (taken.contains(place)) {
            place = RANDOM.nextInt(StatusBits.SIZE);
        }
        lists.taken(tenant, list.id(), 1);
        return new Endorsed(list.id(), new StatusPlace(list.publicId(), list.kind(), place, list.publicUrl()));
    }

    /** What an endorsement in this list says has changed. To be signed and published afterwards. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void endorsementEnded(TenantId tenant, long listId) {
        lists.touch(tenant, List.of(listId));
    }

    /** One of the address of today: what is signed from now on names itself by it. */
    private StatusListRepository.Row open(TenantId tenant, long issuerId, ListKind kind) {
        StatusListRepository.Row newest = lists.lockNewest(tenant, issuerId, kind, publicUrl);
        return newest.taken() < MOST_PLACES && newest.publicUrl().equals(publicUrl)
                ? newest
                : lists.add(tenant, issuerId, kind, newest.number() + 1, publicUrl);
    }

    private static Map<Standing, Integer> anyPlaces(Collection<Standing> standings) {
        Map<Standing, Integer> places = new LinkedHashMap<>();
        standings.forEach(standing -> places.put(standing, RANDOM.nextInt(StatusBits.SIZE)));
        return places;
    }

    /** Says of these awards that they are not in force any more. To be signed and published afterwards. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void withdraw(TenantId tenant, Collection<Long> awardIds, Withdrawal why, Instant since) {
        if (touch(tenant, awardIds)) {
            lists.withdraw(tenant, awardIds, why, since);
        }
    }

    /** Those of these awards that were suspended are in force again; what was revoked never is. */
    @Transactional(propagation = Propagation.MANDATORY)
    public void reinstate(TenantId tenant, Collection<Long> awardIds) {
        if (touch(tenant, awardIds)) {
            lists.reinstate(tenant, awardIds);
        }
    }

    /**
     * The credential of this award leaves for good, and a newer one takes its place: the next {@link #deal} gives that one a
     * place of its own.
     *
     * @param issue the number of the one that leaves, from 1
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void supersede(TenantId tenant, long awardId, int issue, Instant since) {
        if (touch(tenant, List.of(awardId))) {
            lists.supersede(tenant, awardId, issue, since);
        }
    }

    /**
     * Before anything is dealt or said of awards of several issuers: whoever does both locks the lists in one order.
     *
     * @param issuers by award
     * @param kind of the lists in which places are dealt to those that have none
     * @param withPlaces also the lists in which the others have theirs, of which something is to be said
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void lock(TenantId tenant, Map<Long, Long> issuers, ListKind kind, boolean withPlaces) {
        Set<Long> concerned = new TreeSet<>(withPlaces ? lists.listsOf(tenant, issuers.keySet()) : List.of());
        Map<Long, Long> without = new TreeMap<>(issuers);
        without.keySet().removeAll(lists.places(tenant, issuers.keySet()).keySet());
        if (!without.isEmpty()) {
            concerned.addAll(lists.newest(tenant, kind, new TreeSet<>(without.values())));
        }
        if (!concerned.isEmpty()) {
            lists.lock(tenant, concerned);
        }
    }

    /** All lists of an issuer are to be signed anew, as with another key. Inside a transaction. */
    public void signAgain(TenantId tenant, long issuerId) {
        lists.touchOf(tenant, issuerId);
    }

    private boolean touch(TenantId tenant, Collection<Long> awardIds) {
        List<Long> concerned = awardIds.isEmpty() ? List.of() : lists.listsOf(tenant, awardIds);
        if (!concerned.isEmpty()) {
            lists.touch(tenant, concerned);
        }
        return !concerned.isEmpty();
    }

    /**
     * A place whose credential is not in force.
     *
     * @param credential its id, where the list tells ids
     */
    public record Entry(int place, @Nullable UUID credential, Withdrawal why) {}

    /**
     * A list as it is to be signed: what in it is not in force.
     *
     * @param publicUrl the address under which it is signed
     */
    public record Unsigned(long issuerId, UUID publicId, ListKind kind, List<Entry> withdrawn, PublicUrl publicUrl) {

        /** Everything that is not in force. */
        public StatusBits bits() {
            return StatusBits.of(withdrawn.stream().map(Entry::place).toList());
        }

        /** What is not in force for now only. */
        public StatusBits suspensions() {
            Set<Integer> suspended = new HashSet<>();
            withdrawn.forEach(entry -> suspended.add(entry.place()));
            withdrawn.stream()
                    .filter(entry -> entry.why() != Withdrawal.SUSPENDED)
                    .forEach(entry -> suspended.remove(entry.place()));
            return StatusBits.of(suspended);
        }
    }

    /** The bytes of a list, and of the one beside a list of bits that tells what is suspended only. They change together. */
    public record Signed(byte[] list, byte @Nullable [] suspensions) {}

    /**
     * Signs every list of the tenant that says something new. Two nodes at once do no harm: the later revision stays.
     *
     * @param sign what makes bytes of a list, at this time; empty where it cannot be signed now, and then it waits
     */
    public void publish(TenantId tenant, BiFunction<Unsigned, Instant, Optional<Signed>> sign) {
        for (StatusListRepository.Row list : unsigned(tenant)) {
            Instant now = clock.instant();
            // Read after the revision: the bits are at least as new as it.
            Unsigned unsigned = new Unsigned(
                    list.issuerId(), list.publicId(), list.kind(), lists.withdrawn(tenant, list), list.publicUrl());
            sign.apply(unsigned, now).ifPresent(signed -> {
                lists.storeSigned(tenant, list.id(), list.revision(), signed, now);
                copies.keepAfterCommit(
                        new PublishedCopies.Copy(list.publicId(), list.revision(), unsigned.withdrawn()));
            });
        }
    }

    /** What a restored backup set back is brought forward first: nothing is signed that says less than was published. */
    private List<StatusListRepository.Row> unsigned(TenantId tenant) {
        List<StatusListRepository.Row> unsigned = lists.unsigned(tenant);
        long broughtForward = unsigned.stream()
                .filter(list -> list.signedRevision() < copies.revision(list.publicId()))
                .filter(list -> restored.bringForward(tenant, list))
                .count();
        return broughtForward == 0 ? unsigned : lists.unsigned(tenant);
    }

    /** Whose lists wait to be signed. */
    public List<TenantId> tenantsWithUnsigned() {
        return lists.tenantsWithUnsigned();
    }

    /**
     * What verifiers read; empty where there is no such list, or where more of it was published once than the database knows:
     * what would call a credential valid again that was taken back is never given out.
     */
    public Optional<SignedStatusList> published(UUID publicId) {
        return lists.signed(publicId).filter(list -> list.revision() >= copies.revision(publicId));
    }

    /** Whether there was such a list, which is not given out until it is brought forward again. */
    public boolean isHeldBack(UUID publicId) {
        return copies.revision(publicId) > 0;
    }
}
