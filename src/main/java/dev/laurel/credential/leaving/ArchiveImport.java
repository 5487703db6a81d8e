package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.springframework.core.io.InputStreamSource;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings an archive into an institution. It is stored and its passphrase tried while somebody waits; everything else is
 * {@linkplain ArrivalJob work that goes on without her}. An institution brings one archive at a time.
 */
@Component
public class ArchiveImport {

    private final ArrivalRepository arrivals;

    private final ReceivedArchives received;

    private final Jobs jobs;

    private final TransactionTemplate transaction;

    private final Clock clock;

    ArchiveImport(
            ArrivalRepository arrivals,
            ReceivedArchives received,
            Jobs jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.arrivals = arrivals;
        this.received = received;
        this.jobs = jobs;
        this.transaction = transaction;
        this.clock = clock;
    }

    /**
     * Keeps an archive and begins to bring it in. Bringing the same archive again, also one that did not come in to its end,
     * changes nothing of what is here.
     *
     * @param archive read twice: first to its key, then to its end
     * @param passphrase opens its key, which is kept sealed until the archive is decided; the passphrase itself is not kept
     * @throws ArchiveRefusedException where it is no archive, the passphrase is another one, or an archive is under way;
     *     then nothing is kept
     */
    public void bring(TenantId tenant, long byPerson, InputStreamSource archive, String passphrase) throws IOException {
        if (latest(tenant).filter(ArchiveArrival::isUnderWay).isPresent()) {
            throw new ArchiveRefusedException(Reason.UNDER_WAY);
        }
        ArchiveKey key;
        try (InputStream in = archive.getInputStream()) {
            key = ArchiveReading.key(in, passphrase);
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        long id = arrivals.begin(tenant, byPerson, now);
        boolean isReceived = false;
        try (InputStream in = archive.getInputStream()) {
            long bytes = received.write(tenant, id, in);
            isReceived =
                    Boolean.TRUE.equals(transaction.execute(status -> receive(tenant, id, received.seal(key), bytes)));
        } catch (DuplicateKeyException e) {
            throw new ArchiveRefusedException(Reason.UNDER_WAY);
        } finally {
            if (!isReceived) {
                arrivals.discard(tenant, id);
            }
        }
    }

    private boolean receive(TenantId tenant, long id, byte[] key, long bytes) {
        boolean isReceived = arrivals.received(tenant, id, key, bytes);
        if (isReceived) {
            jobs.schedule(ArrivalJob.KIND, tenant, Long.toString(id), 0);
        }
        return isReceived;
    }

    /** The archive that is under way, else what came of the last one. */
    public Optional<ArchiveArrival> latest(TenantId tenant) {
        return arrivals.latest(tenant);
    }
}
