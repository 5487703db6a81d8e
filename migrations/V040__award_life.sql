-- How a badge is awarded: each change is a version of its own, and the highest is in force. No row: as the installation says.
CREATE TABLE award_policy (
    tenant_id        bigint      NOT NULL,
    rule_set_id      bigint      NOT NULL,
    version          int         NOT NULL,
    review           boolean     NOT NULL COMMENT 'a person looks at each case first',
    releases         varchar(20) NOT NULL COMMENT 'POSTED, DATE, INSTRUCTOR',
    settling_seconds bigint      NULL COMMENT 'of POSTED, where nobody knows whether the grade is posted; NULL: as the installation says',
    release_on       datetime(6) NULL COMMENT 'of DATE',
    on_fall          varchar(20) NOT NULL COMMENT 'KEEP, SUSPEND, REVOKE',
    grace_seconds    bigint      NOT NULL COMMENT 'between telling the student and doing something',
    brake_share      int         NULL COMMENT 'percent of the roster; NULL: as the installation says',
    changed_by       bigint      NOT NULL,
    changed_at       datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, rule_set_id, version)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How many people somebody expected to be awarded when she activated the badge, or confirmed a pass that was held.
CREATE TABLE award_head_count (
    tenant_id    bigint      NOT NULL,
    rule_set_id  bigint      NOT NULL,
    people       int         NOT NULL,
    confirmed_by bigint      NOT NULL,
    confirmed_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, rule_set_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Awards that one check decided together: held together by the brake, and undone together.
CREATE TABLE award_pass (
    tenant_id     bigint        NOT NULL,
    id            bigint        NOT NULL AUTO_INCREMENT,
    rule_set_id   bigint        NOT NULL,
    decided_at    datetime(6)   NOT NULL,
    people        int           NOT NULL,
    held          boolean       NOT NULL COMMENT 'more than the brake lets through',
    confirmed_by  bigint        NULL,
    confirmed_at  datetime(6)   NULL,
    undone_by     bigint        NULL,
    undone_at     datetime(6)   NULL,
    undone_reason varchar(1000) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY award_pass_id_only (id),
    KEY award_pass_rule_set (tenant_id, rule_set_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a person decided about somebody and a badge. The machine never overwrites it; another person may end it.
CREATE TABLE human_decision (
    tenant_id     bigint        NOT NULL,
    id            bigint        NOT NULL AUTO_INCREMENT,
    rule_set_id   bigint        NOT NULL,
    person_id     bigint        NOT NULL,
    kind          varchar(20)   NOT NULL COMMENT 'GRANTED, WITHHELD',
    reason        varchar(1000) NOT NULL,
    evidence_text text          NULL,
    evidence_url  varchar(2000) NULL,
    by_person     bigint        NOT NULL,
    decided_at    datetime(6)   NOT NULL,
    live          boolean       NULL COMMENT 'true, or NULL once ended: so there is one at most',
    ended_by      bigint        NULL,
    ended_at      datetime(6)   NULL,
    end_reason    varchar(1000) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY human_decision_id_only (id),
    UNIQUE KEY human_decision_live (tenant_id, rule_set_id, person_id, live)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Decided is not released: until then nothing of an award leaves the staff's pages.
ALTER TABLE award
    ADD COLUMN pass_id bigint NULL COMMENT 'NULL: given by hand, or before there were passes',
    ADD COLUMN waits_for varchar(20) NULL COMMENT 'BRAKE, SECOND_PERSON, REVIEW, INSTRUCTOR; NULL: for its time at most',
    ADD COLUMN release_at datetime(6) NULL COMMENT 'not before',
    ADD COLUMN accepted_by bigint NULL COMMENT 'who looked at it, where the badge asks for that',
    ADD COLUMN accepted_at datetime(6) NULL,
    ADD COLUMN suspended_at datetime(6) NULL,
    ADD KEY award_unreleased (released_at, waits_for, release_at),
    ADD KEY award_pass (tenant_id, pass_id);
