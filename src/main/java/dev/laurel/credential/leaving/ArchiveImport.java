package dev.laurel.credential.leaving;

import dev.laurel.credential.leaving.ArchiveArrival.State;
import dev.laurel.credential.leaving.ArchiveRefusedException.Reason;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.tenant.TenantId;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.core.io.InputStreamSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Brings an archive into an institution. It is uploaded, stored and its passphrase tried while somebody waits; everything else is
 * {@linkplain ArrivalJob work that goes on without her}. An institution brings one archive at a time.
 */
@Component
public class ArchiveImport implements DisposableBean {

    private static final Duration ALIVE_EVERY = Duration.ofSeconds(20);

    /** A node that died while it received one stands in nobody's way for longer. */
    private static final Duration DEAD_AFTER = Duration.ofSeconds(90);

    private static final Logger LOG = LoggerFactory.getLogger(ArchiveImport.class);

    private final ArrivalRepository arrivals;

    private final ArchiveRepository archives;

    private final ReceivedArchives received;

    private final Jobs jobs;

    private final TransactionTemplate transaction;

    private final Clock clock;

    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(new CustomizableThreadFactory("archive-reception-"));

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
     * Takes the place of an institution before anything of an archive is uploaded.
     *
     * @throws ArchiveRefusedException where another one is uploaded or under way
     */
    public ArchiveReception receive(TenantId tenant, long byPerson) {
        try {
            long id = arrivals.begin(tenant, byPerson, clock.instant(), DEAD_AFTER);
            return new Reception(tenant, id);
        } catch (DuplicateKeyException e) {
            throw new ArchiveRefusedException(Reason.UNDER_WAY);
        }
    }

    private final class Reception implements ArchiveReception {

        private final TenantId tenant;

        private final long id;

        private final ScheduledFuture<?> beat;

        Reception(TenantId tenant, long id) {
            this.tenant = tenant;
            this.id = id;
            this.beat = heart.scheduleAtFixedRate(
                    this::beat, ALIVE_EVERY.toSeconds(), ALIVE_EVERY.toSeconds(), TimeUnit.SECONDS);
        }

        private void beat() {
            try {
                arrivals.alive(tenant, id);
            } catch (DataAccessException e) {
                LOG.warn("Nobody learns now that archive {} of tenant {} is still uploaded", id, tenant);
            }
        }

        @Override
        public void bring(InputStreamSource archive, String passphrase) throws IOException {
            ArchiveKey key;
            try (InputStream in = archive.getInputStream()) {
                key = ArchiveReading.key(in, passphrase);
            }
            try (InputStream in = archive.getInputStream()) {
                long bytes = received.write(tenant, id, in);
                transaction.executeWithoutResult(status -> {
                    if (!arrivals.received(tenant, id, received.seal(key), bytes)) {
                        // This node was silent for so long that another archive may have come.
                        throw new ArchiveRefusedException(Reason.UNDER_WAY);
                    }
                    jobs.schedule(ArrivalJob.KIND, tenant, Long.toString(id), 0);
                });
            }
        }

        @Override
        public void close() {
            beat.cancel(false);
            arrivals.discard(tenant, id);
        }
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
        Instant now = clock.instant();
        return Boolean.TRUE.equals(transaction.execute(status -> {
            ArchiveArrival arrival =
                    arrivals.lock(tenant, id).filter(ArchiveArrival::isReceived).orElse(null);
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

    @Override
    public void destroy() {
        heart.shutdownNow();
    }

    /** The archive that is uploaded or under way, else what came of the last one. */
    public Optional<ArchiveArrival> latest(TenantId tenant) {
        return arrivals.latest(tenant, DEAD_AFTER);
    }
}
