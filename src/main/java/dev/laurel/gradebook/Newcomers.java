package dev.laurel.gradebook;

import dev.laurel.context.PersonErased;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * Rows of {@code source_newcomer}: who may be those whose results a source told when nobody knew who they were. A look at what
 * changed does not speak of them again, so the next one reads all of theirs.
 */
@Repository
class Newcomers {

    /** Of more people at once a look at everything is cheaper. */
    static final int MOST = 100;

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    private final SourceLookRepository looks;

    private final Clock clock;

    Newcomers(JdbcClient jdbc, JdbcTemplate batch, SourceLookRepository looks, Clock clock) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.looks = looks;
        this.clock = clock;
    }

    /**
     * These people are known now. Each source that could not place everybody reads them at its next look, or everything where
     * that costs less.
     *
     * @param readsPeople names of sources that can be asked for single people
     */
    @Transactional
    void known(TenantId tenant, long contextId, Set<Long> people, Set<String> readsPeople) {
        looks.ofCourse(tenant, contextId).forEach((source, row) -> {
            if (row.unmatched() == 0 || row.bookmark() == null) {
                return;
            }
            if (readsPeople.contains(source) && people.size() <= MOST) {
                add(tenant, contextId, source, people);
            }
            if (!readsPeople.contains(source)
                    || people.size() > MOST
                    || of(tenant, contextId, source).size() > MOST) {
                looks.forgetBookmark(tenant, contextId, source);
            }
        });
    }

    @EventListener
    void on(PersonErased erased) {
        jdbc.sql("DELETE FROM source_newcomer WHERE tenant_id = ? AND person_id = ?")
                .params(erased.tenant().value(), erased.personId())
                .update();
    }

    private void add(TenantId tenant, long contextId, String source, Set<Long> people) {
        Instant now = clock.instant();
        batch.batchUpdate(
                "INSERT INTO source_newcomer (tenant_id, context_id, source, person_id, known_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE known_at = VALUES(known_at)",
                people.stream()
                        .sorted()
                        .map(person -> new Object[] {tenant.value(), contextId, source, person, Utc.of(now)})
                        .toList());
    }

    /** Who waits, and since when. */
    Map<Long, Instant> of(TenantId tenant, long contextId, String source) {
        Map<Long, Instant> waiting = new TreeMap<>();
        jdbc.sql("SELECT person_id, known_at FROM source_newcomer"
                        + " WHERE tenant_id = ? AND context_id = ? AND source = ?")
                .params(tenant.value(), contextId, source)
                .query(row -> {
                    waiting.put(row.getLong("person_id"), Utc.read(row, "known_at"));
                });
        return waiting;
    }

    /** They were read; not whoever became known anew meanwhile, as by another number of the platform. */
    void read(TenantId tenant, long contextId, String source, Map<Long, Instant> waited) {
        if (!waited.isEmpty()) {
            batch.batchUpdate(
                    "DELETE FROM source_newcomer WHERE tenant_id = ? AND context_id = ? AND source = ? AND person_id = ?"
                            + " AND known_at = ?",
                    waited.entrySet().stream()
                            .map(each -> new Object[] {
                                tenant.value(), contextId, source, each.getKey(), Utc.of(each.getValue())
                            })
                            .toList());
        }
    }
}
