-- The number or name under which the rest of a platform knows an account (its REST interface, its files), where the
-- platform tells it to tools: found by a keyed hash and sealed, as sub is.
ALTER TABLE account
    ADD COLUMN platform_user_hash varbinary(32) NULL AFTER sub_sealed,
    ADD COLUMN platform_user_sealed varbinary(400) NULL AFTER platform_user_hash,
    ADD KEY account_platform_user (tenant_id, registration_id, platform_user_hash);

ALTER TABLE membership
    ADD COLUMN group_ids varchar(1000) NULL COMMENT 'sections (Canvas) or groups (Moodle), by number; NULL: not told'
        AFTER roster_roles,
    ADD COLUMN left_learner boolean NOT NULL DEFAULT FALSE COMMENT 'gone as a learner: a grade that comes late still counts'
        AFTER earns;
