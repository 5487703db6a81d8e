package dev.laurel.credential.status;

import dev.laurel.credential.status.PublishedCopies.Copy;
import dev.laurel.credential.status.StatusListRepository.Owned;
import dev.laurel.credential.status.StatusListRepository.Row;
import dev.laurel.credential.status.StatusLists.Entry;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings lists forward again of which more was published than the database knows, because a backup was restored. Whatever was
 * not in force stays so, in doubt against the holder: to call a badge valid that was taken back would be the greater lie. No
 * place is dealt in such a list any more, since those that were dealt since the backup are not known (docs/decisions/016).
 */
@Component
public class Restored {

    private static final Logger LOG = LoggerFactory.getLogger(Restored.class);

    private static final int AT_ONCE = 1_000;

    private final StatusListRepository lists;

    private final PublishedCopies copies;

    private final TransactionTemplate transaction;

    private final Clock clock;

    /** Lists that were compared with their copies, by what was signed then. */
    private final Map<UUID, Signed> compared = new ConcurrentHashMap<>();

    Restored(StatusListRepository lists, PublishedCopies copies, TransactionTemplate transaction, Clock clock) {
        this.lists = lists;
        this.copies = copies;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** A revision alone comes twice where the database went back and some node signed since. */
    private record Signed(long revision, @Nullable Instant at) {}

    /**
     * Looks at every list of which a copy is here, and which some node signed since it was looked at last. Another node may have
     * no copy of it, and then signs what the backup says, under revisions that were published before.
     *
     * @return whose lists wait to be signed because of it
     */
    public Set<TenantId> bringForward() {
        Set<TenantId> concerned = new HashSet<>();
        List<UUID> all = List.copyOf(copies.revisions().keySet());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            for (Owned each : lists.find(all.subList(from, Math.min(all.size(), from + AT_ONCE)))) {
                UUID id = each.list().publicId();
                Signed signed =
                        new Signed(each.list().signedRevision(), each.list().signedAt());
                if (!signed.equals(compared.get(id))) {
                    if (bringForward(each.tenant(), each.list())) {
                        concerned.add(each.tenant());
                    }
                    compared.put(id, signed);
                }
            }
        }
        return concerned;
    }

    /** @return whether it was behind what was published; it waits to be signed then */
    boolean bringForward(TenantId tenant, Row list) {
        return copies.find(list.publicId())
                .map(copy -> Objects.requireNonNull(
                        transaction.execute(status -> bringForward(tenant, lists.lock(tenant, list.id()), copy))))
                .orElse(false);
    }

    private boolean bringForward(TenantId tenant, Row list, Copy copy) {
        List<Entry> lost = lost(list, lists.withdrawn(tenant, list), copy);
        if (list.signedRevision() >= copy.revision() && lost.isEmpty()) {
            return false;
        }
        lists.lose(tenant, list.id(), lost, clock.instant());
        lists.leap(tenant, list.id(), copy.revision(), StatusLists.MOST_PLACES);
        LOG.error(
                "Status list {} was published at revision {} and the database, at revision {}, knows less: a backup was"
                        + " restored. {} credentials that were not in force stay so; see docs/operations.md, Backup",
                list.publicId(),
                copy.revision(),
                list.signedRevision(),
                lost.size());
        return true;
    }

    /** What left for good is known for ever, and what was suspended until a later revision says otherwise. */
    private static List<Entry> lost(Row list, List<Entry> known, Copy copy) {
        boolean later = list.signedRevision() >= copy.revision() && list.revision() > copy.revision();
        Set<Integer> withdrawn = new HashSet<>();
        Set<Integer> forGood = new HashSet<>();
        for (Entry entry : known) {
            (entry.why() == Withdrawal.SUSPENDED ? withdrawn : forGood).add(entry.place());
        }
        withdrawn.addAll(forGood);
        return copy.withdrawn().stream()
                .filter(entry -> entry.why() == Withdrawal.SUSPENDED
                        ? !later && !withdrawn.contains(entry.place())
                        : !forGood.contains(entry.place()))
                .toList();
    }
}
