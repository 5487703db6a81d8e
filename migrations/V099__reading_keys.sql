-- With what a platform lets Laurel read more than LTI shows: a developer key of Canvas, the token of a Moodle service account.
CREATE TABLE reading_key (
    tenant_id       bigint          NOT NULL,
    registration_id bigint          NOT NULL,
    source          varchar(20)     NOT NULL COMMENT 'canvas, moodle',
    address         varchar(500)    NOT NULL COMMENT 'of the LMS, without a path where it has none',
    client_id       varchar(255)    NULL,
    secret_sealed   varbinary(2000) NOT NULL,
    capabilities    varchar(500)    NOT NULL COMMENT 'what is to be read, comma separated',
    added_by        bigint          NOT NULL,
    added_at        datetime(6)     NOT NULL,
    PRIMARY KEY (tenant_id, registration_id, source)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
