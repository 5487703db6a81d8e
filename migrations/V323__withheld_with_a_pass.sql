-- What was decided about somebody together with everybody else of a pass can be ended for all of them at once.
ALTER TABLE human_decision
    ADD COLUMN pass_id bigint NULL COMMENT 'undone as a whole; NULL: decided about this person alone',
    ADD KEY human_decision_pass (tenant_id, rule_set_id, pass_id, live);

UPDATE human_decision d
    JOIN award_pass p ON p.tenant_id = d.tenant_id AND p.rule_set_id = d.rule_set_id AND p.undone_at = d.decided_at
        AND p.undone_by = d.by_person
    SET d.pass_id = p.id WHERE d.kind = 'WITHHELD';
