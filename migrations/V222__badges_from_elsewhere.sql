-- Badges of other organisations that learners bring, as an input of rules.
CREATE TABLE brought_achievement (
    tenant_id   bigint       NOT NULL,
    brought_id  bigint       NOT NULL COMMENT 'of brought_badge',
    person_id   bigint       NOT NULL,
    achievement varchar(500) NULL COMMENT 'only where its issuer has the address',
    issuer      varchar(500) NOT NULL,
    alignments  text         NOT NULL COMMENT 'JSON list of URLs',
    since       datetime(6)  NOT NULL,
    until       datetime(6)  NULL,
    PRIMARY KEY (tenant_id, brought_id),
    KEY brought_achievement_person (tenant_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The badges themselves: what they say, whose they are and how that is known, and what became of them.
CREATE TABLE brought_badge (
    tenant_id   bigint        NOT NULL,
    id          bigint        NOT NULL AUTO_INCREMENT,
    person_id   bigint        NOT NULL,
    context_id  bigint        NOT NULL COMMENT 'where she brought it; its staff confirms what she cannot prove',
    identity    varbinary(32) NULL COMMENT 'hash of issuer and id: nobody brings one twice; NULL once refused',
    name        varchar(300)  NOT NULL,
    achievement varchar(500)  NULL,
    issuer      varchar(500)  NOT NULL,
    issuer_name varchar(300)  NOT NULL,
    vouched_by  varchar(300)  NULL,
    alignments  text          NOT NULL,
    since       datetime(6)   NOT NULL,
    until       datetime(6)   NULL,
    state       varchar(20)   NOT NULL COMMENT 'WAITING, COUNTS, REFUSED, ENDED',
    proof       varchar(20)   NULL COMMENT 'EMAIL, STAFF',
    sealed      mediumblob    NOT NULL COMMENT 'as it was brought, under the key of the person',
    brought_at  datetime(6)   NOT NULL,
    decided_by  bigint        NULL,
    decided_at  datetime(6)   NULL,
    checked_at  datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY brought_badge_id_only (id),
    UNIQUE KEY brought_badge_once (tenant_id, identity),
    KEY brought_badge_person (tenant_id, person_id),
    KEY brought_badge_context (tenant_id, context_id, state),
    KEY brought_badge_checked (state, checked_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
