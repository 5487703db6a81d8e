CREATE TABLE rule_set (
    tenant_id      bigint      NOT NULL,
    id             bigint      NOT NULL AUTO_INCREMENT,
    context_id     bigint      NOT NULL,
    achievement_id bigint      NOT NULL,
    status         varchar(20) NOT NULL COMMENT 'DRAFT, ACTIVE, PAUSED',
    version        int         NOT NULL COMMENT 'the one in force',
    created_by     bigint      NOT NULL,
    created_at     datetime(6) NOT NULL,
    activated_at   datetime(6) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY rule_set_id_only (id),
    UNIQUE KEY rule_set_binding (tenant_id, context_id, achievement_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE rule_set_version (
    tenant_id   bigint      NOT NULL,
    rule_set_id bigint      NOT NULL,
    version     int         NOT NULL,
    achievement_version int NOT NULL,
    rule        mediumtext  NOT NULL COMMENT 'versioned JSON',
    created_by  bigint      NOT NULL,
    created_at  datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, rule_set_id, version)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How far the change log of a context has been evaluated. Locked while it is, so two nodes never evaluate one context.
CREATE TABLE criteria_cursor (
    tenant_id    bigint      NOT NULL,
    context_id   bigint      NOT NULL,
    seq          bigint      NOT NULL,
    evaluated_at datetime(6) NULL,
    PRIMARY KEY (tenant_id, context_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What is waiting to be evaluated: the log grew, a person joined or came back, a rule set was activated or edited.
-- Written in the transaction of whoever asks, so that asking never waits for an evaluation.
CREATE TABLE criteria_due (
    tenant_id    bigint      NOT NULL,
    id           bigint      NOT NULL AUTO_INCREMENT,
    context_id   bigint      NOT NULL,
    what         varchar(20) NOT NULL COMMENT 'LOG, PERSON, RULE_SET',
    subject_id   bigint      NOT NULL COMMENT 'person or rule set; of LOG the last number of the log',
    after_person bigint      NOT NULL COMMENT 'of RULE_SET: everybody up to this person is done',
    asked_at     datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY criteria_due_id_only (id),
    KEY criteria_due_context (tenant_id, context_id, id),
    KEY criteria_due_asked (asked_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The current state only, never a history of failing.
CREATE TABLE evaluation (
    tenant_id    bigint      NOT NULL,
    rule_set_id  bigint      NOT NULL,
    person_id    bigint      NOT NULL,
    version      int         NOT NULL,
    verdict      varchar(20) NOT NULL COMMENT 'MET, NOT_MET, UNDECIDED',
    explanation  mediumtext  NOT NULL COMMENT 'JSON, one line per leaf',
    evaluated_at datetime(6) NOT NULL,
    reference    varchar(20) NULL COMMENT 'of the last observation that counted',
    PRIMARY KEY (tenant_id, rule_set_id, person_id),
    KEY evaluation_person (tenant_id, person_id),
    KEY evaluation_reference (tenant_id, reference)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE held_achievement (
    tenant_id           bigint        NOT NULL,
    person_id           bigint        NOT NULL,
    achievement_id      bigint        NOT NULL,
    achievement_version int           NOT NULL,
    credits             decimal(10, 2) NULL,
    since               datetime(6)   NOT NULL,
    until               datetime(6)   NULL,
    standing            varchar(20)   NOT NULL COMMENT 'HELD, SUSPENDED, REVOKED',
    PRIMARY KEY (tenant_id, person_id, achievement_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
