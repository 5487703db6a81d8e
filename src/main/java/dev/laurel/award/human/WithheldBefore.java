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
                SELECT d.tenant_id, ?, d.rule_set_id, d.by_person, COALESCE(u.pass_id, 0) FROM human_decision d
                LEFT JOIN undone_pass_person u ON u.tenant_id = d.tenant_id AND u.rule_set_id = d.rule_set_id
                    AND u.person_id = d.person_id
                WHERE d.tenant_id = ? AND d.person_id = ? AND d.live = TRUE AND d.kind = 'WITHHELD'
                ON DUPLICATE KEY UPDATE by_person = VALUES(by_person)""")
                        .params(account, erased.tenant().value(), erased.personId())
                        .update());
    }

    private record Withheld(
            long ruleSetId, long byPerson, @Nullable Long passId) {}

    @EventListener
    void on(ErasedCameBack back) {
        TenantId tenant = back.tenant();
        List<Withheld> withheld = jdbc.sql(
                        "SELECT rule_set_id, by_person, NULLIF(pass_id, 0) AS pass_id FROM withheld_before"
                                + " WHERE tenant_id = ? AND account = ? ORDER BY rule_set_id, pass_id")
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
