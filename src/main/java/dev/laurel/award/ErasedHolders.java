package dev.laurel.award;

import dev.laurel.context.PersonErased;
import dev.laurel.platform.sql.Utc;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The badges of whoever was erased are revoked, for good and without a word about the reason: their pages answer 410. What
 * people wrote about them goes. The records of the decisions stay, which name nobody.
 */
@Component
class ErasedHolders {

    private final JdbcClient jdbc;

    ErasedHolders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @EventListener
    void on(PersonErased erased) {
        long tenant = erased.tenant().value();
        jdbc.sql("""
                INSERT INTO award_history (tenant_id, award_id, moment, at)
                SELECT tenant_id, id, 'ERASED', ? FROM award
                WHERE tenant_id = ? AND person_id = ? AND revoked_at IS NULL""").params(Utc.of(erased.at()), tenant, erased.personId()).update();
        jdbc.sql("""
                UPDATE award SET revoked_at = ?, display_name_shown = FALSE
                WHERE tenant_id = ? AND person_id = ? AND revoked_at IS NULL""").params(Utc.of(erased.at()), tenant, erased.personId()).update();
        jdbc.sql("DELETE FROM human_decision WHERE tenant_id = ? AND person_id = ?")
                .params(tenant, erased.personId())
                .update();
    }
}
