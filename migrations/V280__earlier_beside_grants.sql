-- Who met a rule before it counted stays noted, whatever somebody gives her by hand.
ALTER TABLE human_decision
    ADD COLUMN earlier boolean AS (kind = 'EARLIER') STORED,
    DROP KEY human_decision_live,
    ADD UNIQUE KEY human_decision_live (tenant_id, rule_set_id, person_id, live, earlier);
