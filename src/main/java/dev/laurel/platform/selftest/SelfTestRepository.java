package dev.laurel.platform.selftest;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Tables {@code self_test} and {@code self_test_finding}. */
@Repository
class SelfTestRepository {

    private static final TypeReference<List<Object>> FACTS = new TypeReference<>() {};

    private final JdbcClient jdbc;

    private final JsonMapper json;

    SelfTestRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The head of a run. */
    record Head(
            long run,
            boolean withColumn,
            @Nullable FrameCookies cookies,
            Instant askedAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {}

    /**
     * Begins a new run, unless one is under way that was asked for after {@code lostBefore}.
     *
     * @return whether this call began it
     */
    boolean begin(
            TenantId tenant,
            long registrationId,
            boolean withColumn,
            @Nullable FrameCookies cookies,
            Instant now,
            Instant lostBefore) {
        String cookie = cookies == null ? null : cookies.name();
        int inserted = jdbc.sql("""
                INSERT IGNORE INTO self_test (tenant_id, registration_id, run, with_column, cookies, asked_at)
                VALUES (?, ?, 1, ?, ?, ?)""")
                .params(tenant.value(), registrationId, withColumn, cookie, Utc.of(now))
                .update();
        return inserted == 1
                || jdbc.sql("""
                UPDATE self_test SET run = run + 1, with_column = ?, cookies = ?, asked_at = ?, started_at = NULL,
                    ended_at = NULL
                WHERE tenant_id = ? AND registration_id = ? AND (ended_at IS NOT NULL OR asked_at < ?)""")
                                .params(
                                        withColumn,
                                        cookie,
                                        Utc.of(now),
                                        tenant.value(),
                                        registrationId,
                                        Utc.of(lostBefore))
                                .update()
                        == 1;
    }

    void started(TenantId tenant, long registrationId, long run, Instant now) {
        jdbc.sql("UPDATE self_test SET started_at = ? WHERE tenant_id = ? AND registration_id = ? AND run = ?")
                .params(Utc.of(now), tenant.value(), registrationId, run)
                .update();
    }

    void ended(TenantId tenant, long registrationId, long run, Instant now) {
        jdbc.sql("UPDATE self_test SET ended_at = ? WHERE tenant_id = ? AND registration_id = ? AND run = ?")
                .params(Utc.of(now), tenant.value(), registrationId, run)
                .update();
    }

    Optional<Head> head(TenantId tenant, long registrationId) {
        return jdbc.sql("SELECT * FROM self_test WHERE tenant_id = ? AND registration_id = ?")
                .params(tenant.value(), registrationId)
                .query(SelfTestRepository::head)
                .optional();
    }

    void save(TenantId tenant, long registrationId, long run, Finding finding, Instant now) {
        jdbc.sql("""
                INSERT INTO self_test_finding (tenant_id, registration_id, check_name, run, code, facts, found_at, last_ok_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE run = VALUES(run), code = VALUES(code), facts = VALUES(facts),
                    found_at = VALUES(found_at), last_ok_at = COALESCE(VALUES(last_ok_at), last_ok_at)""")
                .param(tenant.value())
                .param(registrationId)
                .param(finding.check().name())
                .param(run)
                .param(finding.code())
                .param(json.writeValueAsString(finding.facts()))
                .param(Utc.of(now))
                .param(finding.outcome() == Outcome.OK ? Utc.of(now) : null)
                .update();
    }

    /** What is known of each check. What an older version stored and this one does not know is left out. */
    Map<Check, Run.Line> lines(TenantId tenant, long registrationId, long run) {
        Map<Check, Run.Line> lines = new EnumMap<>(Check.class);
        jdbc.sql("SELECT * FROM self_test_finding WHERE tenant_id = ? AND registration_id = ?")
                .params(tenant.value(), registrationId)
                .query((row, n) -> line(row, run))
                .list()
                .forEach(found -> found.ifPresent(line -> lines.put(line.check(), line)));
        return lines;
    }

    private Optional<Run.Line> line(ResultSet row, long run) throws SQLException {
        String name = row.getString("check_name");
        String code = row.getString("code");
        List<Object> facts = json.readValue(row.getString("facts"), FACTS);
        Instant foundAt = Utc.read(row, "found_at");
        Instant lastOkAt = Utc.readNullable(row, "last_ok_at");
        boolean current = row.getLong("run") == run;
        for (Check check : Check.values()) {
            if (check.name().equals(name) && check.outcome(code).isPresent()) {
                return Optional.of(new Run.Line(new Finding(check, code, facts), foundAt, lastOkAt, current));
            }
        }
        return Optional.empty();
    }

    private static Head head(ResultSet row, int n) throws SQLException {
        String cookies = row.getString("cookies");
        return new Head(
                row.getLong("run"),
                row.getBoolean("with_column"),
                cookies == null ? null : FrameCookies.valueOf(cookies),
                Utc.read(row, "asked_at"),
                Utc.readNullable(row, "started_at"),
                Utc.readNullable(row, "ended_at"));
    }
}
