package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArrivedListRepository.Located;
import dev.laurel.credential.leaving.ArrivedListRepository.Place;
import dev.laurel.credential.leaving.ArrivedListRepository.Served;
import dev.laurel.credential.leaving.ArrivedListRepository.StatusList;
import dev.laurel.credential.proof.EddsaRdfc2022;
import dev.laurel.credential.proof.Signer;
import dev.laurel.credential.status.PublishedCopies;
import dev.laurel.credential.status.PublishedCopies.Copy;
import dev.laurel.credential.status.WatchedLists;
import dev.laurel.platform.secrets.MasterKey;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Status lists that were brought here. As of lists of our own, each node keeps a copy outside the database of what each says,
 * and brings one forward of which a restored backup knows less (docs/decisions/016).
 */
@Component
class ArrivedLists implements WatchedLists {

    private static final Logger LOG = LoggerFactory.getLogger(ArrivedLists.class);

    private final ArrivedListRepository lists;

    private final ArrivedRepository arrived;

    private final ArrivedListSigning signing;

    private final PublishedCopies copies;

    private final TransactionTemplate transaction;

    private final Clock clock;

    private final Map<UUID, Compared> compared = new ConcurrentHashMap<>();

    ArrivedLists(
            ArrivedListRepository lists,
            ArrivedRepository arrived,
            EddsaRdfc2022 suite,
            MasterKey masterKey,
            PublishedCopies copies,
            TransactionTemplate transaction,
            Clock clock) {
        this.lists = lists;
        this.arrived = arrived;
        this.signing = new ArrivedListSigning(arrived, suite, masterKey);
        this.copies = copies;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** What a list was like when it was compared with its copy. */
    private record Compared(long revision, @Nullable Instant changedAt) {}

    /** For verifiers; it may be {@linkplain #isBehind behind}. */
    Optional<Served> find(UUID arrivalId, UUID list) {
        return lists.find(arrivalId, list);
    }

    /** Whether more of it was published once than the database knows. It is not given out until it is brought forward. */
    boolean isBehind(Served served) {
        return served.list().revision() < copies.revision(served.place().key());
    }

    /** The key of the issuer that would sign now. */
    Optional<Signer> signer(Place place) {
        return signing.signer(place.tenant(), place.issuerId(), place.did());
    }

    /** Locked until the transaction of the caller ends, and brought forward where it was behind. */
    Optional<StatusList> lock(Place place) {
        return lists.lock(place).map(list -> forward(place, list));
    }

    /** In the transaction of the caller. What was published of it before stays published. */
    void put(Place place, StatusList list) {
        lists.put(place, list, clock.instant());
        keep(place, list);
    }

    /**
     * The next revision of a list, with these not in force.
     *
     * @param like any list of its kind, for all that does not change
     * @return empty where no key of the issuer signs
     */
    Optional<StatusList> write(Place place, StatusList like, NotInForce what, long revision) {
        return signing.write(like, what, signer(place), clock.instant()).map(list -> list.at(revision));
    }

    /** Of badges that are here, those that the list calls not in force are so since then. */
    void follow(Place place, StatusList list, Instant since) {
        List<ArrivedCredential> inForce = arrived.inForce(place.tenant(), place.issuerId(), place.list());
        if (!inForce.isEmpty()) {
            ArrivedList says = ArrivedList.parse(list.signed());
            arrived.notInForce(
                    place.tenant(),
                    inForce.stream()
                            .filter(each -> says.withdraws(each.id(), each.place()))
                            .map(ArrivedCredential::id)
                            .toList(),
                    since);
        }
    }

    @Override
    public void bringForward() {
        lists.all().forEach(this::bringForward);
    }

    void bringForward(TenantId tenant, long issuerId) {
        lists.of(tenant, issuerId).forEach(this::bringForward);
    }

    private void bringForward(Located each) {
        UUID key = each.place().key();
        Compared now = new Compared(each.revision(), each.changedAt());
        if (now.equals(compared.get(key)) && each.revision() >= copies.revision(key)) {
            return;
        }
        try {
            transaction.executeWithoutResult(status -> lock(each.place()));
            compared.put(key, now);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Nobody knows now whether status list {} that was brought here is as it was published: {}",
                    each.place().list(),
                    e.getClass().getName());
        }
    }

    private StatusList forward(Place place, StatusList list) {
        Copy copy = copies.find(place.key()).orElse(null);
        NotInForce here = NotInForce.of(list);
        if (copy == null) {
            keep(place, list);
            return list;
        }
        NotInForce published = NotInForce.of(copy);
        // What was suspended counts again only where a later revision says so.
        NotInForce after = list.revision() > copy.revision() ? here.over(published) : here.and(published);
        if (after.equals(here) && list.revision() >= copy.revision()) {
            keep(place, list);
            return list;
        }
        long revision = Math.max(list.revision(), copy.revision()) + 1;
        Optional<StatusList> forward =
                after.equals(here) ? Optional.of(list.at(revision)) : write(place, list, after, revision);
        LOG.error(
                "Status list {} of {} was published at revision {} and the database, at revision {}, knows less: a backup was"
                        + " restored. {}; see docs/operations.md, Backup",
                place.list(),
                place.did(),
                copy.revision(),
                list.revision(),
                forward.isPresent() ? "What was not in force stays so" : "No key is here that could sign it anew");
        forward.ifPresent(written -> {
            put(place, written);
            follow(place, written, clock.instant());
        });
        return forward.orElse(list);
    }

    private void keep(Place place, StatusList list) {
        if (list.revision() > copies.revision(place.key())) {
            copies.keepAfterCommit(NotInForce.of(list).copy(place.key(), list.revision()));
        }
    }
}
