package dev.laurel.launch;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Table {@code launch_end}: staff whom a platform no longer lists, and people who were erased. They are few, so each node has those of the last hours
 * at hand; what another node ends is seen here within {@link #FRESH}, and no request asks the database for itself.
 */
@Component
public class EndedLaunches {

    static final Duration FRESH = Duration.ofSeconds(10);

    /** No session is older. */
    private static final Duration LONGEST_SESSION = Duration.ofHours(4);

    /** Instead of the number of a course. */
    private static final long EVERYWHERE = 0;

    private static final Logger LOG = LoggerFactory.getLogger(EndedLaunches.class);

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    private final Clock clock;

    private volatile @Nullable Snapshot snapshot;

    EndedLaunches(JdbcClient jdbc, JdbcTemplate batch, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.clock = clock;
    }

    /** From now on nothing counts that these people launched in this course before that moment. */
    public void end(TenantId tenant, long contextId, Collection<Long> personIds, Instant before) {
        if (personIds.isEmpty()) {
            return;
        }
        batch.batchUpdate(
                "INSERT INTO launch_end (tenant_id, context_id, person_id, ended_at) VALUES (?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE ended_at = VALUES(ended_at)",
                personIds.stream()
                        .map(person -> new Object[] {tenant.value(), contextId, person, Utc.of(before)})
                        .toList());
        LOG.info("Launches ended: of {} people in course {} of tenant {}", personIds.size(), contextId, tenant);
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            snapshot = null;
            return;
        }
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                snapshot = null;
            }
        });
    }

    /** Nothing counts that this person launched anywhere, whatever a clock said then: nobody launches as her again. */
    public void endForEver(TenantId tenant, long personId) {
        end(tenant, EVERYWHERE, List.of(personId), clock.instant().plus(LONGEST_SESSION));
    }

    boolean hasEnded(Launches.Stored launch) {
        Long contextId = launch.signedIn().contextId();
        return hasEnded(launch, EVERYWHERE) || (contextId != null && hasEnded(launch, contextId));
    }

    private boolean hasEnded(Launches.Stored launch, long contextId) {
        Instant ended = fresh().ends()
                .get(new Key(
                        launch.signedIn().tenant(), contextId, launch.signedIn().personId()));
        return ended != null && launch.at().isBefore(ended);
    }

    /** Clears away what no session is old enough for. */
    public void forgetOld() {
        jdbc.sql("DELETE FROM launch_end WHERE ended_at < ?")
                .param(Utc.of(clock.instant().minus(LONGEST_SESSION.multipliedBy(2))))
                .update();
    }

    private Snapshot fresh() {
        Snapshot known = snapshot;
        if (known != null && known.readAt().plus(FRESH).isAfter(clock.instant())) {
            return known;
        }
        synchronized (this) {
            known = snapshot;
            if (known == null || !known.readAt().plus(FRESH).isAfter(clock.instant())) {
                known = read();
                snapshot = known;
            }
            return known;
        }
    }

    private Snapshot read() {
        Instant now = clock.instant();
        Map<Key, Instant> ends = new HashMap<>();
        jdbc.sql("SELECT * FROM launch_end WHERE ended_at > ?")
                .param(Utc.of(now.minus(LONGEST_SESSION)))
                .query(row -> {
                    ends.put(
                            new Key(
                                    new TenantId(row.getLong("tenant_id")),
                                    row.getLong("context_id"),
                                    row.getLong("person_id")),
                            Utc.read(row, "ended_at"));
                });
        return new Snapshot(Map.copyOf(ends), now);
    }

    private record Key(TenantId tenant, long contextId, long personId) {}

    private record Snapshot(Map<Key, Instant> ends, Instant readAt) {}
}
