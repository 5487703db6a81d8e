package dev.laurel.award.ledger;

import dev.laurel.award.human.WithheldBefore;
import dev.laurel.context.PersonErased;
import dev.laurel.platform.sql.Utc;
import java.util.List;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The badges of whoever was erased are revoked, for good and without a word about the reason: their pages answer 410. What
 * people wrote about them goes. The records of the decisions stay, which name nobody; and what was withheld from them is
 * so still if they come back.
 */
@Component
class ErasedHolders {

    private final JdbcClient jdbc;

    private final WithheldBefore withheldBefore;

    ErasedHolders(JdbcClient jdbc, WithheldBefore withheldBefore) {
        this.jdbc = jdbc;
        this.withheldBefore = withheldBefore;
    }

    @EventListener
    void on(PersonErased erased) {
        long tenant = erased.tenant().value();
        long person = erased.personId();
        withheldBefore.keep(erased);
        // Nobody was told of these, so nothing of them has to stay.
        jdbc.sql("""
                DELETE d FROM decision_record d JOIN award a ON a.tenant_id = d.tenant_id AND a.public_id = d.public_id
                WHERE a.tenant_id = ? AND a.person_id = ? AND a.released_at IS NULL""").params(tenant, person).update();
        jdbc.sql("DELETE FROM award WHERE tenant_id = ? AND person_id = ? AND released_at IS NULL")
                .params(tenant, person)
                .update();
        // Of what a person gave her, the reason and the evidence are words about her.
        jdbc.sql("""
                UPDATE decision_record d JOIN award a ON a.tenant_id = d.tenant_id AND a.public_id = d.public_id
                SET d.facts = JSON_REMOVE(d.facts, '$.byHand')
                WHERE a.tenant_id = ? AND a.person_id = ? AND a.pass_id IS NULL""").params(tenant, person).update();
        jdbc.sql("""
                UPDATE award_history h JOIN award a ON a.tenant_id = h.tenant_id AND a.id = h.award_id
                SET h.reason = NULL WHERE a.tenant_id = ? AND a.person_id = ?""").params(tenant, person).update();
        jdbc.sql("""
                INSERT INTO award_history (tenant_id, award_id, moment, at)
                SELECT tenant_id, id, 'ERASED', ? FROM award
                WHERE tenant_id = ? AND person_id = ? AND revoked_at IS NULL""").params(Utc.of(erased.at()), tenant, person).update();
        jdbc.sql("""
                UPDATE award SET revoked_at = ?, name_shown = 'NONE'
                WHERE tenant_id = ? AND person_id = ? AND revoked_at IS NULL""").params(Utc.of(erased.at()), tenant, person).update();
        // Of an award that was superseded the page says so, unless its holder is gone.
        jdbc.sql("""
                UPDATE award SET superseded_by = NULL, name_shown = 'NONE', remind_at = NULL
                WHERE tenant_id = ? AND person_id = ?""").params(tenant, person).update();
        for (String words : List.of("human_decision", "undone_pass_person", "award_question", "award_fall")) {
            jdbc.sql("DELETE FROM " + words + " WHERE tenant_id = ? AND person_id = ?")
                    .params(tenant, person)
                    .update();
        }
    }
}
