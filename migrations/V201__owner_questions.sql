-- "Is it yours?": somebody who sees a shared badge asks, and its holder answers.
CREATE TABLE owner_question (
    tenant_id   bigint       NOT NULL,
    id          bigint       NOT NULL AUTO_INCREMENT,
    award_id    bigint       NOT NULL,
    person_id   bigint       NOT NULL COMMENT 'the holder',
    secret_hash binary(32)   NOT NULL COMMENT 'SHA-256 of the secret in the address where the answer stands',
    code        char(6)      NOT NULL COMMENT 'stands on both screens; no secret',
    asked_by    varchar(160) NULL COMMENT 'what they say of themselves',
    created_at  datetime(6)  NOT NULL,
    ends_at     datetime(6)  NOT NULL,
    answered_at datetime(6)  NULL,
    PRIMARY KEY (tenant_id, id),
    KEY owner_question_id (id),
    UNIQUE KEY owner_question_secret (secret_hash),
    KEY owner_question_award (tenant_id, award_id, created_at),
    KEY owner_question_person (tenant_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
