package dev.laurel.award.human;

import dev.laurel.context.ErasedCameBack;
import dev.laurel.context.PersonErased;
import dev.laurel.platform.tenant.TenantId;
import dev.laurel.platform.wording.Wording;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a person withheld from somebody stays withheld when she has everything about her destroyed and comes back. Until then
 * a rule set stands beside the hash of an account, without the reason: only that account itself can lead to it.
 */
@Component
public class WithheldBefore {

    private final JdbcClient jdbc;

    private final HumanDecisions decisions;

    private final Wording wording;

    WithheldBefore(JdbcClient jdbc, HumanDecisions decisions, Wording wording) {
        this.jdbc = jdbc;
        this.decisions = decisions;
        this.wording = wording;
    }

    /** Before the decisions about her go. */
    public void keep(PersonErased erased) {
        erased.accounts()
                .forEach(account -> jdbc.sql("""
                INSERT INTO withheld_before (tenant_id, account, rule_set_id, by_person, pass_id)
                SELECT tenant_id, ?, rule_set_id, by_person, pass_id FROM human_decision
                WHERE tenant_id = ? AND person_id = ? AND live = TRUE AND kind = 'WITHHELD'
                ON DUPLICATE KEY UPDATE by_person = VALUES(by_person), pass_id = VALUES(pass_id)""")
                        .params(account, erased.tenant().value(), erased.personId())
                        .update());
    }

    private record Withheld(
            long ruleSetId, long byPerson, @Nullable Long passId) {}

    @EventListener
    void on(ErasedCameBack back) {
        TenantId tenant = back.tenant();
        List<Withheld> withheld = jdbc.sql(
                        "SELECT rule_set_id, by_person, pass_id FROM withheld_before WHERE tenant_id = ? AND account = ?")
                .params(tenant.value(), back.account())
                .query((row, n) -> new Withheld(
                        row.getLong("rule_set_id"), row.getLong("by_person"), row.getObject("pass_id", Long.class)))
                .list();
        if (withheld.isEmpty()) {
            return;
        }
        String reason = wording.say("case.withheld.before");
        withheld.forEach(each -> decisions.withhold(
                tenant, each.ruleSetId(), List.of(back.personId()), reason, each.passId(), each.byPerson(), back.at()));
        jdbc.sql("DELETE FROM withheld_before WHERE tenant_id = ? AND account = ?")
                .params(tenant.value(), back.account())
                .update();
    }
}
