package dev.laurel.criteria;

import dev.laurel.criteria.rule.Facts;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Badges that people hold, as inputs of rules. */
@Repository
class HeldAchievementRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate batch;

    HeldAchievementRepository(JdbcClient jdbc, JdbcTemplate batch) {
        this.jdbc = jdbc;
        this.batch = batch;
    }

    /**
     * Who holds which of these badges in good standing at this moment, by person and badge.
     *
     * @param people {@code null}: everybody
     */
    Map<Long, Map<Long, Facts.Held>> standing(
            TenantId tenant, Collection<Long> achievementIds, @Nullable Collection<Long> people, Instant now) {
        if (achievementIds.isEmpty() || (people != null && people.isEmpty())) {
            return Map.of();
        }
        JdbcClient.StatementSpec query = jdbc.sql("""
                        SELECT person_id, achievement_id, credits, since FROM held_achievement
                        WHERE tenant_id = :tenant AND achievement_id IN (:badges) AND standing = 'HELD'
                            AND (until IS NULL OR until > :now)""" + (people == null ? "" : " AND person_id IN (:people)"))
                .param("tenant", tenant.value())
                .param("badges", achievementIds)
                .param("now", Utc.of(now));
        if (people != null) {
            query = query.param("people", people);
        }
        Map<Long, Map<Long, Facts.Held>> held = new HashMap<>();
        query.query(row -> {
            held.computeIfAbsent(row.getLong("person_id"), person -> new HashMap<>())
                    .put(
                            row.getLong("achievement_id"),
                            new Facts.Held(row.getBigDecimal("credits"), Utc.read(row, "since")));
        });
        return held;
    }

    List<Long> heldUntil(TenantId tenant, long achievementId, Instant until) {
        return jdbc.sql("""
                        SELECT person_id FROM held_achievement
                        WHERE tenant_id = ? AND achievement_id = ? AND until = ? AND standing = 'HELD'""")
                .params(tenant.value(), achievementId, Utc.of(until))
                .query(Long.class)
                .list();
    }

    /** Every badge that any of these people has or had. */
    List<Long> everHeldBy(TenantId tenant, Collection<Long> people) {
        return jdbc.sql(
                        "SELECT DISTINCT achievement_id FROM held_achievement WHERE tenant_id = :tenant AND person_id IN (:people)")
                .param("tenant", tenant.value())
                .param("people", people)
                .query(Long.class)
                .list();
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM held_achievement WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }

    void save(TenantId tenant, Collection<HeldAchievement> held) {
        batch.batchUpdate("""
                INSERT INTO held_achievement
                    (tenant_id, person_id, achievement_id, achievement_version, credits, since, until, standing)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON DUPLICATE KEY UPDATE achievement_version = VALUES(achievement_version), credits = VALUES(credits),
                    since = VALUES(since), until = VALUES(until), standing = VALUES(standing)""", held, Math.max(1, held.size()), (row, badge) -> {
            Instant until = badge.until();
            row.setLong(1, tenant.value());
            row.setLong(2, badge.personId());
            row.setLong(3, badge.achievementId());
            row.setInt(4, badge.achievementVersion());
            row.setBigDecimal(5, badge.credits());
            row.setObject(6, Utc.of(badge.since()));
            row.setObject(7, until == null ? null : Utc.of(until));
            row.setString(8, badge.standing().name());
        });
    }
}
