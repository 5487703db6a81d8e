-- What a self-test found: the latest run per registration and institution. Nothing about a person.
CREATE TABLE self_test (
    tenant_id       bigint      NOT NULL COMMENT '0: asked for by the operator, for the whole registration',
    registration_id bigint      NOT NULL,
    run             bigint      NOT NULL COMMENT 'counts up; part of the id of the job',
    with_column     boolean     NOT NULL COMMENT 'a column may be made and deleted',
    cookies         varchar(20) NULL COMMENT 'which of our cookies the browser of the admin sent back from the frame',
    asked_at        datetime(6) NOT NULL,
    started_at      datetime(6) NULL,
    ended_at        datetime(6) NULL,
    PRIMARY KEY (tenant_id, registration_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE self_test_finding (
    tenant_id       bigint        NOT NULL,
    registration_id bigint        NOT NULL,
    check_name      varchar(40)   NOT NULL,
    run             bigint        NOT NULL COMMENT 'an earlier one than in self_test: not looked at yet in the latest run',
    code            varchar(40)   NOT NULL,
    facts           varchar(4000) NOT NULL COMMENT 'JSON array: the figures and words of its sentence',
    found_at        datetime(6)   NOT NULL,
    last_ok_at      datetime(6)   NULL COMMENT 'when it was last fine',
    PRIMARY KEY (tenant_id, registration_id, check_name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
