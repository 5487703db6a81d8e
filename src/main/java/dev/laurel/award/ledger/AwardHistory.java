package dev.laurel.award.ledger;

import dev.laurel.award.AwardMoment;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What happened to awards, with who and why. Only added to. */
@Repository
public class AwardHistory {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    AwardHistory(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    public void add(
            TenantId tenant,
            Collection<Long> awardIds,
            AwardMoment.What what,
            @Nullable Long byPerson,
            String reason,
            Instant now) {
        batch.batchUpdate(
                """
                INSERT INTO award_history (tenant_id, award_id, moment, at, by_person, reason)
                VALUES (?, ?, ?, ?, ?, ?)""",
                awardIds.stream()
                        .map(award -> new @Nullable Object[] {
                            tenant.value(), award, what.name(), Utc.of(now), byPerson, reason
                        })
                        .toList());
    }

    /** When this last happened to each of these awards that it happened to. */
    public Map<Long, Instant> last(TenantId tenant, Collection<Long> awardIds, AwardMoment.What what) {
        Map<Long, Instant> last = new HashMap<>();
        jdbc.sql("""
                        SELECT award_id, MAX(at) AS at FROM award_history
                        WHERE tenant_id = :tenant AND award_id IN (:awards) AND moment = :moment GROUP BY award_id""")
                .param("tenant", tenant.value())
                .param("awards", awardIds)
                .param("moment", what.name())
                .query(row -> {
                    last.put(row.getLong("award_id"), Utc.read(row, "at"));
                });
        return last;
    }

    /** Oldest first. */
    public List<AwardMoment> of(TenantId tenant, long awardId) {
        return jdbc.sql("""
                        SELECT award_id, moment, at, by_person, reason FROM award_history
                        WHERE tenant_id = ? AND award_id = ? ORDER BY id""")
                .params(tenant.value(), awardId)
                .query((row, n) -> new AwardMoment(
                        row.getLong("award_id"),
                        AwardMoment.What.valueOf(row.getString("moment")),
                        Utc.read(row, "at"),
                        row.getObject("by_person", Long.class),
                        Objects.requireNonNullElse(row.getString("reason"), "")))
                .list();
    }
}
