-- In the institution's name a badge is given by hand by two people.
ALTER TABLE human_decision
    ADD COLUMN needs_second boolean NOT NULL DEFAULT FALSE,
    ADD COLUMN second_by bigint NULL,
    ADD COLUMN second_at datetime(6) NULL;

-- A result fell below the rule after its award was told. What follows is what the policy said then.
CREATE TABLE award_fall (
    tenant_id   bigint       NOT NULL,
    id          bigint       NOT NULL AUTO_INCREMENT,
    award_id    bigint       NOT NULL,
    rule_set_id bigint       NOT NULL,
    person_id   bigint       NOT NULL,
    fell_at     datetime(6)  NOT NULL,
    follows     varchar(20)  NOT NULL COMMENT 'KEEP, SUSPEND, REVOKE',
    act_at      datetime(6)  NOT NULL COMMENT 'nothing happens before',
    state       varchar(20)  NOT NULL COMMENT 'OPEN, SUSPENDED, RECOVERED, KEPT, REVOKED',
    live        boolean      NULL COMMENT 'true while OPEN or SUSPENDED, then NULL: so an award has one at most',
    decided_by  bigint       NULL,
    decided_at  datetime(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY award_fall_id_only (id),
    UNIQUE KEY award_fall_live (tenant_id, award_id, live),
    KEY award_fall_rule_set (tenant_id, rule_set_id, live),
    KEY award_fall_person (tenant_id, person_id, live),
    KEY award_fall_due (state, follows, act_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- "I think this is wrong": a student's word on what was worked out about her, with the facts as they stood.
CREATE TABLE award_question (
    tenant_id   bigint        NOT NULL,
    id          bigint        NOT NULL AUTO_INCREMENT,
    rule_set_id bigint        NOT NULL,
    person_id   bigint        NOT NULL,
    words       varchar(2000) NOT NULL,
    facts       mediumtext    NOT NULL COMMENT 'JSON, one line per leaf',
    verdict     varchar(20)   NOT NULL,
    asked_at    datetime(6)   NOT NULL,
    live        boolean       NULL COMMENT 'true, or NULL once answered: one at a time',
    answer      varchar(2000) NULL,
    answered_by bigint        NULL,
    answered_at datetime(6)   NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY award_question_id_only (id),
    UNIQUE KEY award_question_live (tenant_id, rule_set_id, person_id, live)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
