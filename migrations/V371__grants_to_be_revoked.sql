-- Permissions that are over here and that the LMS was not told of yet. Their tokens are kept for that, and for some days at most.
CREATE TABLE reading_revocation (
    tenant_id        bigint          NOT NULL,
    registration_id  bigint          NOT NULL,
    source           varchar(20)     NOT NULL COMMENT 'canvas',
    context_id       bigint          NOT NULL COMMENT 'the course it was for; 0: every course of the institution',
    granted_at       datetime(6)     NOT NULL,
    refresh_sealed   varbinary(2000) NULL,
    access_sealed    varbinary(2000) NOT NULL,
    access_until     datetime(6)     NULL COMMENT 'NULL: the LMS did not say',
    over_since       datetime(6)     NOT NULL,
    PRIMARY KEY (tenant_id, registration_id, source, context_id, granted_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
