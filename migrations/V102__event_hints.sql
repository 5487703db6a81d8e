-- Where a platform, or a system beside it, says that something is new. What it says is a reason to look and nothing else.
CREATE TABLE event_channel (
    tenant_id       bigint         NOT NULL,
    registration_id bigint         NOT NULL,
    path_hash       varbinary(32)  NOT NULL COMMENT 'of the secret part of its address',
    secret_sealed   varbinary(200) NOT NULL COMMENT 'with which a webhook signs',
    added_by        bigint         NOT NULL,
    added_at        datetime(6)    NOT NULL,
    PRIMARY KEY (tenant_id, registration_id),
    UNIQUE KEY event_channel_path (path_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE reading_hint (
    tenant_id  bigint      NOT NULL,
    context_id bigint      NOT NULL,
    person_id  bigint      NOT NULL COMMENT '0: somebody, nobody knows who',
    hinted_at  datetime(6) NOT NULL COMMENT 'the latest',
    PRIMARY KEY (tenant_id, context_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE context
    ADD COLUMN platform_course varchar(100) NULL COMMENT 'how the platform itself numbers the course, from the addresses of its services',
    ADD KEY context_platform_course (tenant_id, registration_id, platform_course);
