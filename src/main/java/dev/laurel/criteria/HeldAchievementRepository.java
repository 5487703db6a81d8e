package dev.laurel.criteria;

import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Repository;

/** Badges that people hold, as inputs of rules. */
@Repository
class HeldAchievementRepository {

    private final JdbcTemplate batch;

    HeldAchievementRepository(JdbcTemplate batch) {
        this.batch = batch;
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
