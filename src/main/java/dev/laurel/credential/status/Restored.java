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
     * Looks at every list that some node signed since it was looked at last. What another node published is kept here as well; and one
     * that has no copy of a list signs what the backup says, under revisions that were published before.
     *
     * @return whose lists wait to be signed because of it
     */
    public Set<TenantId> bringForward() {
        Set<TenantId> concerned = new HashSet<>();
        List<Owned> page = lists.after(0, AT_ONCE);
        while (!page.isEmpty()) {
            for (Owned each : page) {
                if (isBroughtForward(each)) {
                    concerned.add(each.tenant());
                }
            }
            page = lists.after(page.get(page.size() - 1).list().id(), AT_ONCE);
        }
        return concerned;
    }

    private boolean isBroughtForward(Owned each) {
        UUID id = each.list().publicId();
        Signed signed = new Signed(each.list().signedRevision(), each.list().signedAt());
        if (signed.equals(compared.get(id))) {
            return false;
        }
        try {
            boolean behind = bringForward(each.tenant(), each.list());
            compared.put(id, signed);
            return behind;
        } catch (RuntimeException e) {
            LOG.warn(
                    "Nobody knows now whether status list {} is as it was published: {}",
                    id,
                    e.getClass().getName());
            return false;
        }
    }

    /** @return whether it was behind what was published; it waits to be signed then */
    boolean bringForward(TenantId tenant, Row list) {
        return Objects.requireNonNull(
                transaction.execute(status -> bringForwardLocked(tenant, lists.lock(tenant, list.id()))));
    }

    private boolean bringForwardLocked(TenantId tenant, Row list) {
        Copy copy = copies.find(list.publicId()).orElseGet(() -> new Copy(list.publicId(), 0, List.of()));
        List<Entry> known = lists.withdrawn(tenant, list);
        List<Entry> lost = lost(list, known, copy);
        if (list.signedRevision() >= copy.revision() && lost.isEmpty()) {
            if (list.signedRevision() > copy.revision()) {
                // As where it is signed: what is known now is at least as new as what was signed.
                copies.keepAfterCommit(new Copy(list.publicId(), list.signedRevision(), known));
            }
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
