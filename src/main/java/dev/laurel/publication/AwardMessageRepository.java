package dev.laurel.publication;

import dev.laurel.award.Award;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Rows of {@code award_message}: one per award and kind. */
@Repository
class AwardMessageRepository {

    private final JdbcClient jdbc;

    private final JdbcTemplate template;

    AwardMessageRepository(JdbcClient jdbc, JdbcTemplate template) {
        this.jdbc = jdbc;
        this.template = template;
    }

    /** @param anew a kind that can come again: she reads it once more; others are told once for ever */
    void add(TenantId tenant, Collection<Award> awards, AwardMessage.Kind kind, boolean anew, Instant now) {
        String again =
                anew ? "created_at = VALUES(created_at), read_at = NULL, dropped_at = NULL" : "kind = VALUES(kind)";
        template.batchUpdate(
                "INSERT INTO award_message (tenant_id, award_id, kind, person_id, created_at) VALUES (?, ?, ?, ?, ?)"
                        + " ON DUPLICATE KEY UPDATE " + again,
                awards.stream()
                        .map(award ->
                                new Object[] {tenant.value(), award.id(), kind.name(), award.personId(), Utc.of(now)})
                        .toList());
    }

    void drop(TenantId tenant, Collection<Award> awards, Collection<AwardMessage.Kind> kinds, Instant now) {
        jdbc.sql("""
                UPDATE award_message SET dropped_at = :now
                WHERE tenant_id = :tenant AND award_id IN (:awards) AND kind IN (:kinds) AND read_at IS NULL
                    AND dropped_at IS NULL""")
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("awards", awards.stream().map(Award::id).toList())
                .param("kinds", kinds.stream().map(Enum::name).toList())
                .update();
    }

    List<AwardMessage> unread(TenantId tenant, long personId) {
        return jdbc.sql("""
                        SELECT award_id, kind, created_at FROM award_message
                        WHERE tenant_id = ? AND person_id = ? AND read_at IS NULL AND dropped_at IS NULL
                        ORDER BY created_at DESC, award_id DESC""")
                .params(tenant.value(), personId)
                .query((row, n) -> new AwardMessage(
                        row.getLong("award_id"),
                        AwardMessage.Kind.valueOf(row.getString("kind")),
                        Utc.read(row, "created_at")))
                .list();
    }

    void read(
            TenantId tenant,
            long personId,
            Collection<Long> awardIds,
            Collection<AwardMessage.Kind> kinds,
            Instant until,
            Instant now) {
        jdbc.sql("""
                UPDATE award_message SET read_at = :now
                WHERE tenant_id = :tenant AND person_id = :person AND award_id IN (:awards) AND kind IN (:kinds) AND read_at IS NULL
                    AND dropped_at IS NULL AND created_at <= :until""")
                .param("now", Utc.of(now))
                .param("until", Utc.of(until))
                .param("tenant", tenant.value())
                .param("person", personId)
                .param("awards", awardIds)
                .param("kinds", kinds.stream().map(Enum::name).toList())
                .update();
    }

    void seen(TenantId tenant, long personId, long awardId, AwardMessage.Kind kind, Instant now) {
        jdbc.sql("""
                UPDATE award_message SET read_at = ?
                WHERE tenant_id = ? AND award_id = ? AND kind = ? AND person_id = ? AND read_at IS NULL
                    AND dropped_at IS NULL""")
                .params(Utc.of(now), tenant.value(), awardId, kind.name(), personId)
                .update();
    }

    void forget(TenantId tenant, long personId) {
        jdbc.sql("DELETE FROM award_message WHERE tenant_id = ? AND person_id = ?")
                .params(tenant.value(), personId)
                .update();
    }
}
