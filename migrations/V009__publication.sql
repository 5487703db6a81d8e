-- A page that exists because the holder wants it to. The token is the last part of its URL.
CREATE TABLE share (
    token_hash   varbinary(32) NOT NULL,
    tenant_id    bigint        NOT NULL,
    award_id     bigint        NOT NULL,
    reference    varchar(20)   NOT NULL COMMENT 'follow one grade',
    token_sealed varbinary(200) NOT NULL COMMENT 'so that the holder can see her link again',
    live         boolean       NULL COMMENT 'true, or NULL once withdrawn: so an award has one live page at most',
    created_at   datetime(6)   NOT NULL,
    withdrawn_at datetime(6)   NULL,
    PRIMARY KEY (token_hash),
    UNIQUE KEY share_live (tenant_id, award_id, live),
    KEY share_reference (tenant_id, reference)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Scores that Laurel writes to the LMS, only where the instructor turned it on.
CREATE TABLE passback (
    tenant_id    bigint      NOT NULL,
    rule_set_id  bigint      NOT NULL,
    line_item_id bigint      NULL COMMENT 'NULL until the column exists',
    creating_until datetime(6) NULL COMMENT 'some node is creating the column',
    enabled      boolean     NOT NULL,
    enabled_by   bigint      NOT NULL,
    changed_at   datetime(6) NOT NULL,
    problem      varchar(500) NULL,
    PRIMARY KEY (tenant_id, rule_set_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE score_outbox (
    tenant_id   bigint      NOT NULL,
    award_id    bigint      NOT NULL,
    rule_set_id bigint      NOT NULL,
    context_id  bigint      NOT NULL,
    person_id   bigint      NOT NULL,
    reference   varchar(20) NOT NULL,
    created_at  datetime(6) NOT NULL,
    due_at      datetime(6) NOT NULL COMMENT 'while somebody sends it, when to believe that they died',
    attempts    int         NOT NULL,
    sent_at     datetime(6) NULL,
    problem     varchar(500) NULL,
    given_up_at datetime(6) NULL,
    PRIMARY KEY (tenant_id, award_id),
    KEY score_outbox_due (sent_at, given_up_at, due_at),
    KEY score_outbox_rule_set (tenant_id, rule_set_id, sent_at, given_up_at, due_at),
    KEY score_outbox_reference (tenant_id, reference)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
