CREATE TABLE line_item (
    tenant_id      bigint         NOT NULL,
    id             bigint         NOT NULL AUTO_INCREMENT,
    context_id     bigint         NOT NULL,
    source         varchar(20)    NOT NULL COMMENT 'ags, canvas, moodle, csv, manual',
    external_hash  varbinary(32)  NOT NULL,
    external_id    varchar(2000)  NOT NULL COMMENT 'the URL for ags',
    label          varchar(500)   NOT NULL,
    score_maximum  decimal(20, 6) NULL,
    resource_id    varchar(255)   NULL,
    tag            varchar(255)   NULL,
    resource_link_id varchar(255) NULL,
    is_output      boolean        NOT NULL COMMENT 'Laurel writes it, so it is never an input',
    created_here   boolean        NOT NULL,
    readable       boolean        NOT NULL COMMENT 'false: needs a reading key',
    deleted_at     datetime(6)    NULL,
    created_at     datetime(6)    NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY line_item_id_only (id),
    UNIQUE KEY line_item_key (tenant_id, context_id, source, external_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Per context: the head of its change log and how its reading goes. Locked while changes are appended, so that the
-- numbers of one context have no gaps and become visible in order.
CREATE TABLE gradebook (
    tenant_id       bigint       NOT NULL,
    context_id      bigint       NOT NULL,
    last_seq        bigint       NOT NULL,
    last_checked_at datetime(6)  NULL,
    last_changed_at datetime(6)  NULL,
    next_check_at   datetime(6)  NULL,
    watched_until   datetime(6)  NULL COMMENT 'staff is there: look often until then',
    failures        int          NOT NULL,
    unmatched       int          NOT NULL COMMENT 'results of people whom no launch and no roster has shown yet',
    problem         varchar(500) NULL,
    problem_since   datetime(6)  NULL,
    PRIMARY KEY (tenant_id, context_id),
    KEY gradebook_due (next_check_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The log. recorded_at is in the key so that the table can be partitioned by time and a finished term archived.
CREATE TABLE observation (
    tenant_id     bigint         NOT NULL,
    context_id    bigint         NOT NULL,
    seq           bigint         NOT NULL,
    recorded_at   datetime(6)    NOT NULL,
    person_id     bigint         NOT NULL,
    line_item_id  bigint         NOT NULL,
    source        varchar(20)    NOT NULL,
    status        varchar(20)    NOT NULL COMMENT 'NONE, SUBMITTED, PROVISIONAL, GRADED, EXCUSED',
    score         decimal(20, 6) NULL,
    score_maximum decimal(20, 6) NULL,
    visibility    varchar(20)    NOT NULL COMMENT 'POSTED, HIDDEN, UNKNOWN',
    late          boolean        NULL,
    came_about    varchar(40)    NOT NULL,
    occurred_at   datetime(6)    NULL COMMENT 'as the source says',
    reference     varchar(20)    NOT NULL COMMENT 'follow one grade',
    PRIMARY KEY (tenant_id, context_id, seq, recorded_at),
    KEY observation_reference (tenant_id, reference)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE latest_observation (
    tenant_id     bigint         NOT NULL,
    context_id    bigint         NOT NULL,
    person_id     bigint         NOT NULL,
    line_item_id  bigint         NOT NULL,
    seq           bigint         NOT NULL,
    recorded_at   datetime(6)    NOT NULL,
    source        varchar(20)    NOT NULL,
    status        varchar(20)    NOT NULL,
    score         decimal(20, 6) NULL,
    score_maximum decimal(20, 6) NULL,
    visibility    varchar(20)    NOT NULL,
    late          boolean        NULL,
    came_about    varchar(40)    NOT NULL,
    occurred_at   datetime(6)    NULL,
    reference     varchar(20)    NOT NULL,
    PRIMARY KEY (tenant_id, context_id, person_id, line_item_id),
    KEY latest_observation_item (tenant_id, context_id, line_item_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
