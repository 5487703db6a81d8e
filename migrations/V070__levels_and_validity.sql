-- Tiers of one badge, and for how long an award is valid. Awards from before have no tier and are valid for ever.
ALTER TABLE award
    ADD COLUMN level_rank    int         NULL COMMENT 'the tier that was reached; 1 is the lowest',
    ADD COLUMN level_names   text        NULL COMMENT 'JSON: all tiers as they were, the lowest first',
    ADD COLUMN valid_until   datetime(6) NULL COMMENT 'NULL: for ever',
    ADD COLUMN renew_from    datetime(6) NULL COMMENT 'what happened before counts for no renewal',
    ADD COLUMN remind_at     datetime(6) NULL COMMENT 'its holder is told that it ends; NULL: she was, or it never does',
    ADD COLUMN superseded_by bigint      NULL COMMENT 'it left, at revoked_at, because this one took its place',
    ADD KEY award_remind (remind_at, tenant_id),
    ADD KEY award_superseded (tenant_id, superseded_by);

-- How long an award of this version is valid: for so many months, or days, or until the end of a day; none of them: for ever.
ALTER TABLE achievement_version
    ADD COLUMN valid_months int  NULL,
    ADD COLUMN valid_days   int  NULL,
    ADD COLUMN valid_until  date NULL,
    ADD COLUMN renewal_days int  NULL COMMENT 'before its end, in which new results renew it';

-- Of the facts, which hold a salt: it goes into the credential. NULL: a record from before, without a salt.
ALTER TABLE decision_record ADD COLUMN hash char(64) NULL COMMENT 'SHA-256, hexadecimal';
