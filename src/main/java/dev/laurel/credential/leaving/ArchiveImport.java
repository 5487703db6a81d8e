package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveImport.class);

    private final ArrivalRepository arrivals;

    private final ArchiveRepository archives;

    private final ReceivedArchives received;

    private final Jobs jobs;

    private final TransactionTemplate transaction;

    private final Clock clock;

    ArchiveImport(
            ArrivalRepository arrivals,
            ArchiveRepository archives,
            ReceivedArchives received,
            Jobs jobs,
            TransactionTemplate transaction,
            Clock clock) {
        this.arrivals = arrivals;
        this.archives = archives;
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

    /** One of the institution, by its number. */
    public Optional<ArchiveArrival> find(TenantId tenant, long id) {
        return arrivals.find(tenant, id);
    }

    /**
     * Ends bringing an archive in, wherever it is. What has come of it stays, and another one can be brought at once; a job
     * that works on it stops before it writes anything more.
     *
     * @return {@code false} where it was not under way any more
     */
    public boolean giveUp(TenantId tenant, long id, long byPerson) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return Boolean.TRUE.equals(transaction.execute(status -> {
            ArchiveArrival arrival =
                    arrivals.lock(tenant, id).filter(ArchiveArrival::isUnderWay).orElse(null);
            if (arrival == null) {
                return false;
            }
            arrivals.finish(tenant, id, State.GIVEN_UP, now);
            long passage = archives.begin(tenant, Passage.Way.GIVEN_UP, byPerson, now);
            archives.finish(tenant, passage, arrival.issuers(), arrival.badgesNew(), now);
            // Thousands of parts, which nobody waits for.
            jobs.schedule(ArrivalJob.FORGET, tenant, Long.toString(id), 0);
            LOG.info("Archive {} of tenant {} was given up, {}", id, tenant, arrival.state());
            return true;
        }));
    }

    /** The archive that is under way, else what came of the last one. */
    public Optional<ArchiveArrival> latest(TenantId tenant) {
        return arrivals.latest(tenant);
    }
}
