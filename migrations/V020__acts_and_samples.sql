-- Staff whom a platform no longer lists: what they launched before counts no longer.
CREATE TABLE launch_end (
    tenant_id  bigint      NOT NULL,
    context_id bigint      NOT NULL,
    person_id  bigint      NOT NULL,
    ended_at   datetime(6) NOT NULL COMMENT 'launches before this moment have ended',
    PRIMARY KEY (tenant_id, context_id, person_id),
    KEY launch_end_at (ended_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What cannot be undone is confirmed in a window of its own: each ticket opens one window and does one act.
CREATE TABLE confirmation (
    tenant_id   bigint        NOT NULL,
    launch_id   bigint        NOT NULL,
    number_hash varbinary(32) NOT NULL,
    opened_at   datetime(6)   NOT NULL,
    used_at     datetime(6)   NULL COMMENT 'somebody pressed the button',
    done_at     datetime(6)   NULL COMMENT 'and it worked',
    PRIMARY KEY (tenant_id, launch_id, number_hash),
    KEY confirmation_opened (opened_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- An institution has one issuer whose badges are never real, and each badge may have a sample of itself under it.
ALTER TABLE issuer
    ADD COLUMN one_sample boolean NULL COMMENT 'TRUE for the one of kind SAMPLE, else NULL',
    ADD UNIQUE KEY issuer_sample (tenant_id, one_sample);

ALTER TABLE achievement
    ADD COLUMN sample_of bigint NULL COMMENT 'the badge that this one is a sample of',
    ADD UNIQUE KEY achievement_sample (tenant_id, sample_of);

ALTER TABLE award
    ADD COLUMN sample_of bigint NULL COMMENT 'the badge that this would have been, where it is a sample of one';
