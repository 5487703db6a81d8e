-- Whether a badge has passes that the brake holds is asked with every award, however many passes it has.
ALTER TABLE award_pass
    ADD KEY award_pass_held (tenant_id, rule_set_id, held, confirmed_at, undone_at);
