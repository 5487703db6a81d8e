-- Messages by e-mail: only to those who asked for them, at most one a day, and one row per award and kind, so that nothing is
-- told twice.
CREATE TABLE mail_choice (
    tenant_id      bigint      NOT NULL,
    person_id      bigint      NOT NULL,
    allowed        boolean     NOT NULL,
    changed_at     datetime(6) NOT NULL,
    last_digest_at datetime(6) NULL,
    PRIMARY KEY (tenant_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE message_outbox (
    tenant_id  bigint      NOT NULL,
    award_id   bigint      NOT NULL,
    kind       varchar(20) NOT NULL COMMENT 'EARNED',
    person_id  bigint      NOT NULL,
    created_at datetime(6) NOT NULL,
    waiting    boolean     NULL COMMENT 'true, or NULL once sent or dropped',
    ended      varchar(20) NULL COMMENT 'SENT, DROPPED',
    ended_at   datetime(6) NULL,
    PRIMARY KEY (tenant_id, award_id, kind),
    KEY message_outbox_waiting (waiting, created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- When messages were last looked after, on whatever node: a restored backup is told by it from a pause.
CREATE TABLE message_run (
    id     int         NOT NULL,
    run_at datetime(6) NOT NULL,
    PRIMARY KEY (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
