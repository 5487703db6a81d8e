package dev.laurel;

import dev.laurel.gradebook.ObservationsRecorded;
import dev.laurel.platform.road.Reference;
import dev.laurel.platform.tenant.TenantId;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.GeneratedKeyHolder;

/**
 * A course of an institution of its own, written straight into the tables that other steps fill from an LMS: members,
 * columns, results. For tests of the steps after the gradebook.
 */
public final class TestCourse {

    public static final long TEACHER = 1;

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    public final TenantId tenant;

    public final long id;

    private TestCourse(JdbcClient jdbc, JdbcTemplate batch, TenantId tenant, long id) {
        this.jdbc = jdbc;
        this.batch = batch;
        this.tenant = tenant;
        this.id = id;
    }

    public static TestCourse in(JdbcTemplate batch) {
        JdbcClient jdbc = JdbcClient.create(batch);
        String name = "Example University " + UUID.randomUUID();
        long tenant = insert(jdbc.sql("INSERT INTO tenant (name, name_hash, created_at) VALUES (?, ?, ?)")
                .params(name, hash(name), now()));
        return another(batch, new TenantId(tenant));
    }

    /** Another course of an institution. */
    public static TestCourse another(JdbcTemplate batch, TenantId tenant) {
        JdbcClient jdbc = JdbcClient.create(batch);
        String context = UUID.randomUUID().toString();
        long id = insert(jdbc.sql("""
                INSERT IGNORE INTO context (tenant_id, registration_id, deployment_pk, context_hash, context_id, title,
                    last_launch_at, created_at)
                VALUES (?, 1, 1, ?, ?, 'Biology 101', ?, ?)""").params(tenant.value(), hash(context), context, now(), now()));
        jdbc.sql("INSERT IGNORE INTO gradebook (tenant_id, context_id, last_seq, failures) VALUES (?, ?, 0, 0)")
                .params(tenant.value(), id)
                .update();
        return new TestCourse(jdbc, batch, tenant, id);
    }

    /** A course that a launch made. */
    public static TestCourse of(JdbcTemplate batch, TenantId tenant, long contextId) {
        return new TestCourse(JdbcClient.create(batch), batch, tenant, contextId);
    }

    /** Learners who can earn, numbered from {@code first}. */
    public List<Long> learners(long first, int count) {
        List<Long> people = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            people.add(first + i);
        }
        batch.batchUpdate("""
                INSERT IGNORE INTO membership (tenant_id, context_id, person_id, roles, staff_by_launch, active, earns, seen_at)
                VALUES (?, ?, ?, 'LEARNER', FALSE, TRUE, TRUE, ?)""", people, Math.max(1, count), (row, person) -> {
            row.setLong(1, tenant.value());
            row.setLong(2, id);
            row.setLong(3, person);
            row.setObject(4, now());
        });
        return people;
    }

    public void member(long person, String role, boolean earns) {
        jdbc.sql("""
                INSERT IGNORE INTO membership (tenant_id, context_id, person_id, roles, staff_by_launch, active, earns, seen_at)
                VALUES (?, ?, ?, ?, FALSE, TRUE, ?, ?)
                ON DUPLICATE KEY UPDATE roles = VALUES(roles), earns = VALUES(earns)""").params(tenant.value(), id, person, role, earns, now()).update();
    }

    public long column(String label, @Nullable String maximum) {
        String external = "https://lms.example/" + UUID.randomUUID();
        return insert(jdbc.sql("""
                INSERT IGNORE INTO line_item (tenant_id, context_id, source, external_hash, external_id, label,
                    score_maximum, is_output, created_here, readable, created_at)
                VALUES (?, ?, 'ags', ?, ?, ?, ?, FALSE, FALSE, TRUE, ?)""").params(tenant.value(), id, hash(external), external, label, maximum, now()));
    }

    public void delete(long column) {
        jdbc.sql("UPDATE line_item SET deleted_at = ? WHERE tenant_id = ? AND id = ?")
                .params(now(), tenant.value(), column)
                .update();
    }

    /**
     * Appends to the change log as the gradebook does; call it inside a transaction and publish what it returns.
     *
     * @param scores by person
     */
    public ObservationsRecorded grade(long column, Map<Long, String> scores, String maximum) {
        long seq = jdbc.sql("SELECT last_seq FROM gradebook WHERE tenant_id = ? AND context_id = ? FOR UPDATE")
                .params(tenant.value(), id)
                .query(Long.class)
                .single();
        LocalDateTime now = now();
        List<Object[]> rows = new ArrayList<>();
        for (Map.Entry<Long, String> score : scores.entrySet()) {
            rows.add(new Object[] {
                tenant.value(),
                id,
                ++seq,
                now,
                score.getKey(),
                column,
                new BigDecimal(score.getValue()),
                new BigDecimal(maximum),
                Reference.next().value()
            });
        }
        String columns = """
                 (tenant_id, context_id, seq, recorded_at, person_id, line_item_id, score, score_maximum,
                    reference, source, status, visibility, came_about)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'ags', 'GRADED', 'UNKNOWN', 'poll')""";
        batch.batchUpdate("INSERT INTO observation" + columns, rows);
        batch.batchUpdate("REPLACE INTO latest_observation" + columns, rows);
        jdbc.sql("UPDATE gradebook SET last_seq = ? WHERE tenant_id = ? AND context_id = ?")
                .params(seq, tenant.value(), id)
                .update();
        return new ObservationsRecorded(tenant, id, seq);
    }

    private static long insert(JdbcClient.StatementSpec statement) {
        GeneratedKeyHolder key = new GeneratedKeyHolder();
        statement.update(key, "id");
        return key.getKeyAs(Number.class).longValue();
    }

    private static LocalDateTime now() {
        return LocalDateTime.ofInstant(Instant.now().truncatedTo(ChronoUnit.MICROS), ZoneOffset.UTC);
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
