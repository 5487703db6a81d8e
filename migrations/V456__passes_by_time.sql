-- What was decided since a pass of evaluation began is asked with every award, however many passes a badge has.
ALTER TABLE award_pass
    ADD KEY award_pass_decided (tenant_id, rule_set_id, decided_at);
