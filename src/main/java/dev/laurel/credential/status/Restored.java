package dev.laurel.credential.status;

import dev.laurel.credential.status.PublishedCopies.Copy;
import dev.laurel.credential.status.StatusListRepository.Behind;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
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

    Restored(StatusListRepository lists, PublishedCopies copies, TransactionTemplate transaction, Clock clock) {
        this.lists = lists;
        this.copies = copies;
        this.transaction = transaction;
        this.clock = clock;
    }

    /** Looks at every list of which a copy is here. Those that were behind wait to be signed afterwards. */
    public void bringForward() {
        Map<UUID, Long> published = copies.revisions();
        List<UUID> all = new ArrayList<>(published.keySet());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            for (Behind list : lists.behind(all.subList(from, Math.min(all.size(), from + AT_ONCE)))) {
                if (list.signedRevision() < published.getOrDefault(list.publicId(), 0L)) {
                    copies.find(list.publicId()).ifPresent(copy -> bringForward(list, copy));
                }
            }
        }
    }

    private void bringForward(Behind list, Copy copy) {
        int lost = Objects.requireNonNull(transaction.execute(status -> {
            // Looked at again under the lock: another node may have done it.
            if (lists.lockSignedRevision(list) >= copy.revision()) {
                return -1;
            }
            int added = lists.lose(list, copy.withdrawn(), clock.instant());
            lists.leap(list, copy.revision() + 1, StatusLists.MOST_PLACES);
            return added;
        }));
        if (lost >= 0) {
            LOG.error(
                    "Status list {} was published at revision {} and the database knows revision {} only: a backup was"
                            + " restored. {} credentials that were not in force stay so; see docs/operations.md, Backup",
                    list.publicId(),
                    copy.revision(),
                    list.signedRevision(),
                    lost);
        }
    }
}
