-- Accounts of different platforms are different persons until somebody shows that they are one human.
CREATE TABLE person_link (
    tenant_id  bigint      NOT NULL,
    person_id  bigint      NOT NULL,
    human_id   bigint      NOT NULL COMMENT 'the same for all persons of one human: the number of one of them',
    how        varchar(20) NOT NULL COMMENT 'LEARNER: she did it herself; STAFF: after a look at it; PLATFORM: it says that both are one account',
    linked_at  datetime(6) NOT NULL,
    ended_at   datetime(6) NULL COMMENT 'NULL: it holds',
    PRIMARY KEY (tenant_id, person_id, linked_at),
    KEY person_link_human (tenant_id, human_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A learner shows with it in one account that she is logged in to the other one too.
CREATE TABLE link_offer (
    tenant_id       bigint        NOT NULL,
    code_hash       varbinary(32) NOT NULL,
    person_id       bigint        NOT NULL,
    registration_id bigint        NOT NULL,
    until           datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, code_hash),
    UNIQUE KEY link_offer_person (tenant_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Two accounts that may not be one human's: staff looks at it.
CREATE TABLE link_case (
    tenant_id  bigint      NOT NULL,
    id         bigint      NOT NULL AUTO_INCREMENT,
    one        bigint      NOT NULL,
    other      bigint      NOT NULL,
    reason     varchar(20) NOT NULL COMMENT 'NAMES, SIS_IDS, LINKED_BEFORE',
    asked_at   datetime(6) NOT NULL,
    decided_at datetime(6) NULL,
    decided_by bigint      NULL,
    accepted   boolean     NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY link_case_id_only (id),
    KEY link_case_open (tenant_id, decided_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Under which id the institution's student system knows an account: never identity by itself, but a way to find it.
ALTER TABLE account ADD COLUMN sis_hash varbinary(32) NULL COMMENT 'keyed hash';
ALTER TABLE account ADD KEY account_sis (tenant_id, registration_id, sis_hash);
