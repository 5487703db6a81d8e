-- From which courses a course was copied, as its launches (custom context_history) and the platform's notices say. Both
-- name courses as the platform does, so that a notice about a course that nobody opened yet finds its place too.
CREATE TABLE context_origin (
    tenant_id       bigint        NOT NULL,
    registration_id bigint        NOT NULL,
    context_hash    varbinary(32) NOT NULL COMMENT 'of the copy',
    origin_hash     varbinary(32) NOT NULL COMMENT 'of a course that it was copied from',
    distance        int           NOT NULL COMMENT '0 is the nearest',
    learned_at      datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, registration_id, context_hash, origin_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE context
    ADD COLUMN history_digest varbinary(32) NULL COMMENT 'SHA-256 of the context_history that was last read',
    ADD KEY context_of_platform (tenant_id, registration_id, context_hash);

ALTER TABLE resource_link
    ADD COLUMN badge_id varchar(255) NULL COMMENT 'custom badge_id: ours, the same in every copy of the link';

-- The badges of this course are not proposed any more; they can still be looked up.
CREATE TABLE copy_dismissal (
    tenant_id         bigint      NOT NULL,
    context_id        bigint      NOT NULL,
    origin_context_id bigint      NOT NULL,
    dismissed_by      bigint      NOT NULL,
    dismissed_at      datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, context_id, origin_context_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which rule set of another course became which one here: nothing is proposed or made twice.
CREATE TABLE rule_set_copy (
    tenant_id          bigint      NOT NULL,
    context_id         bigint      NOT NULL COMMENT 'of the copy',
    source_rule_set_id bigint      NOT NULL,
    rule_set_id        bigint      NOT NULL,
    copied_by          bigint      NOT NULL,
    copied_at          datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, context_id, source_rule_set_id),
    KEY rule_set_copy_made (tenant_id, rule_set_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE achievement
    ADD COLUMN copied_from bigint NULL COMMENT 'the achievement of another issuer that says the same',
    ADD KEY achievement_copied (tenant_id, copied_from);
