-- Which product a platform is, as its launches say (tool_platform), for the few places where products differ.
ALTER TABLE context
    ADD COLUMN platform_family varchar(100) NULL AFTER memberships_url;

-- Platforms refuse a score that is not later than the last of the same person in the same column.
ALTER TABLE score_outbox
    ADD COLUMN score_time datetime(6) NULL COMMENT 'the latest timestamp that was sent with it' AFTER attempts,
    ADD KEY score_outbox_person (tenant_id, rule_set_id, person_id);
