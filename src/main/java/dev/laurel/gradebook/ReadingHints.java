package dev.laurel.gradebook;

import dev.laurel.gradebook.source.Hints;
import dev.laurel.platform.road.Jobs;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Rows of {@code reading_hint}: of whom something is new, it is said, until every source has been asked. */
@Component
class ReadingHints implements Hints {

    static final String KIND = "gradebook-hint";

    /** A look that is going on when a hint comes has ended by then, most times. */
    private static final Duration LATER = Duration.ofSeconds(3);

    /** Whoever was not read by then is read with the others. */
    static final Duration GIVEN_UP = Duration.ofMinutes(10);

    private static final long SOMEBODY = 0;

    /** Of more people at once a look at everything is cheaper. */
    private static final int MOST = 100;

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    private final Jobs jobs;

    private final Clock clock;

    ReadingHints(JdbcClient jdbc, JdbcTemplate batch, Jobs jobs, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * What waits in a course.
     *
     * @param people to be read; empty where somebody is among them of whom nobody knows who it is, or they are too many
     * @param latest {@code null}: nothing waits
     */
    record Waiting(Set<Long> people, @Nullable Instant latest) {}

    @Override
    @Transactional
    public void hint(TenantId tenant, long contextId, Set<Long> people) {
        Instant now = clock.instant();
        Set<Long> hinted = people.isEmpty() ? Set.of(SOMEBODY) : people;
        batch.batchUpdate(
                "INSERT INTO reading_hint (tenant_id, context_id, person_id, hinted_at) VALUES (?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE hinted_at = VALUES(hinted_at), seen = FALSE",
                new TreeSet<>(hinted)
                        .stream()
                                .map(person -> new Object[] {tenant.value(), contextId, person, Utc.of(now)})
                                .toList());
        lookNow(tenant, contextId, now);
    }

    /** A job that is running decides by itself when it runs next, and may have asked for hints before this one came. */
    private void lookNow(TenantId tenant, long contextId, Instant now) {
        String subject = Long.toString(contextId);
        jobs.runAgainBy(SyncJob.KIND, tenant, subject, now);
        Instant later = now.plus(LATER);
        jobs.scheduleAt(KIND, tenant, subject, later.getEpochSecond(), later);
    }

    /** The job: what waits still is asked for again. */
    @Transactional
    void again(TenantId tenant, String subject) {
        long contextId = Long.parseLong(subject);
        Instant now = clock.instant();
        Instant latest = of(tenant, contextId).latest();
        if (latest != null && latest.isAfter(now.minus(GIVEN_UP))) {
            lookNow(tenant, contextId, now);
        }
    }

    /**
     * A hint that nobody saw yet counts as come now. When it was stamped says nothing: its transaction may have ended after
     * looks that began later.
     */
    Waiting of(TenantId tenant, long contextId) {
        List<Row> rows = rows(tenant, contextId);
        if (rows.stream().anyMatch(row -> !row.seen())) {
            jdbc.sql("UPDATE reading_hint SET hinted_at = ?, seen = TRUE"
                            + " WHERE tenant_id = ? AND context_id = ? AND seen = FALSE")
                    .params(Utc.of(clock.instant()), tenant.value(), contextId)
                    .update();
            rows = rows(tenant, contextId);
        }
        Set<Long> people = rows.stream().map(Row::person).collect(Collectors.toSet());
        boolean everybody = people.contains(SOMEBODY) || people.size() > MOST;
        return new Waiting(
                everybody ? Set.of() : Set.copyOf(people),
                rows.stream().map(Row::at).max(Comparator.naturalOrder()).orElse(null));
    }

    private record Row(long person, Instant at, boolean seen) {}

    private List<Row> rows(TenantId tenant, long contextId) {
        return jdbc.sql("SELECT person_id, hinted_at, seen FROM reading_hint WHERE tenant_id = ? AND context_id = ?")
                .params(tenant.value(), contextId)
                .query((row, n) ->
                        new Row(row.getLong("person_id"), Utc.read(row, "hinted_at"), row.getBoolean("seen")))
                .list();
    }

    /** Every source was asked for what was seen up to then. */
    void done(TenantId tenant, long contextId, Instant upTo) {
        jdbc.sql("DELETE FROM reading_hint"
                        + " WHERE tenant_id = ? AND context_id = ? AND hinted_at <= ? AND seen = TRUE")
                .params(tenant.value(), contextId, Utc.of(upTo))
                .update();
    }
}
