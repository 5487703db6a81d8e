-- Notices of platforms, kept as they came and verified by a job, so that no platform waits while its own key set is read.
CREATE TABLE notice (
    tenant_id       bigint        NOT NULL,
    registration_id bigint        NOT NULL,
    jwt_hash        varbinary(32) NOT NULL COMMENT 'the same one that comes again is kept once',
    jwt             text          NULL COMMENT 'until it is settled',
    attempts        int           NOT NULL,
    received_at     datetime(6)   NOT NULL,
    outcome         varchar(20)   NULL COMMENT 'DONE, IGNORED, REPEATED, REFUSED; NULL: it waits',
    notice_hash     varbinary(32) NULL COMMENT 'of the id in it, once verified: another one with this id is a replay',
    PRIMARY KEY (tenant_id, jwt_hash),
    UNIQUE KEY notice_once (tenant_id, registration_id, notice_hash),
    KEY notice_received (received_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Where a deployment was asked to send its notices.
CREATE TABLE notice_handler (
    tenant_id       bigint        NOT NULL,
    deployment_pk   bigint        NOT NULL,
    registration_id bigint        NOT NULL,
    service_url     varchar(2000) NOT NULL,
    handler         varchar(1000) NOT NULL COMMENT 'our address',
    asked_at        datetime(6)   NOT NULL,
    registered_at   datetime(6)   NULL,
    problem         varchar(500)  NULL COMMENT 'why the platform refused',
    PRIMARY KEY (tenant_id, deployment_pk)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
