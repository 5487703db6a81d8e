package dev.laurel.award.ledger;

import dev.laurel.award.Award;
import dev.laurel.platform.sql.Utc;
import dev.laurel.platform.tenant.TenantId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What becomes of awards that are decided: changes of rows of {@code award}. */
@Repository
public class AwardChanges {

    private final JdbcClient jdbc;

    AwardChanges(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public void claim(TenantId tenant, long awardId, Award.NameShown name, Instant now) {
        jdbc.sql("""
                UPDATE award SET claimed_at = COALESCE(claimed_at, ?), declined_at = NULL, name_shown = ?
                WHERE tenant_id = ? AND id = ?""").params(Utc.of(now), name.name(), tenant.value(), awardId).update();
    }

    public void decline(TenantId tenant, long awardId, Instant now) {
        jdbc.sql("UPDATE award SET declined_at = ? WHERE tenant_id = ? AND id = ?")
                .params(Utc.of(now), tenant.value(), awardId)
                .update();
    }

    public void suspend(TenantId tenant, Collection<Long> awardIds, @Nullable Instant at) {
        jdbc.sql("""
                UPDATE award SET suspended_at = :at WHERE tenant_id = :tenant AND id IN (:ids) AND revoked_at IS NULL""")
                .param("at", Utc.ofNullable(at))
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .update();
    }

    /** Their holders were told before that they end. */
    public void remindNoMore(TenantId tenant, Collection<Long> awardIds) {
        if (!awardIds.isEmpty()) {
            jdbc.sql("UPDATE award SET remind_at = NULL WHERE tenant_id = :tenant AND id IN (:ids)")
                    .param("tenant", tenant.value())
                    .param("ids", awardIds)
                    .update();
        }
    }

    public void revoke(TenantId tenant, Collection<Long> awardIds, Instant now) {
        jdbc.sql("""
                UPDATE award SET revoked_at = :now, remind_at = NULL
                WHERE tenant_id = :tenant AND id IN (:ids) AND revoked_at IS NULL""")
                .param("now", Utc.of(now))
                .param("tenant", tenant.value())
                .param("ids", awardIds)
                .update();
    }

    /** As if it had never been decided; only for what nobody was told of. */
    public void unmake(TenantId tenant, Collection<Award> untold) {
        jdbc.sql("DELETE FROM decision_record WHERE tenant_id = :tenant AND public_id IN (:publicIds)")
                .param("tenant", tenant.value())
                .param(
                        "publicIds",
                        untold.stream()
                                .map(award -> award.publicId().toString())
                                .toList())
                .update();
        List<Long> ids = untold.stream().map(Award::id).toList();
        jdbc.sql("DELETE FROM award_fall WHERE tenant_id = :tenant AND award_id IN (:ids)")
                .param("tenant", tenant.value())
                .param("ids", ids)
                .update();
        jdbc.sql("DELETE FROM award WHERE tenant_id = :tenant AND id IN (:ids) AND released_at IS NULL")
                .param("tenant", tenant.value())
                .param("ids", ids)
                .update();
    }
}
