-- Decided, released, claimed: separate moments of one award. occurrence numbers awards of a badge that may be earned again.
CREATE TABLE award (
    tenant_id           bigint      NOT NULL,
    id                  bigint      NOT NULL AUTO_INCREMENT,
    person_id           bigint      NOT NULL,
    achievement_id      bigint      NOT NULL,
    occurrence          int         NOT NULL,
    public_id           char(36)    NOT NULL COMMENT 'of the credential: urn:uuid',
    subject_id          char(36)    NOT NULL COMMENT 'the random urn:uuid of the holder, for this award only',
    achievement_version int         NOT NULL,
    context_id          bigint      NOT NULL,
    rule_set_id         bigint      NOT NULL,
    rule_set_version    int         NOT NULL,
    reference           varchar(20) NOT NULL,
    decided_at          datetime(6) NOT NULL,
    released_at         datetime(6) NULL,
    claimed_at          datetime(6) NULL,
    display_name_shown  boolean     NOT NULL COMMENT 'the holder agreed to her name on the shared page',
    revoked_at          datetime(6) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY award_id_only (id),
    UNIQUE KEY award_once (tenant_id, person_id, achievement_id, occurrence),
    UNIQUE KEY award_public (public_id),
    KEY award_context (tenant_id, context_id),
    KEY award_rule_set (tenant_id, rule_set_id),
    KEY award_reference (tenant_id, reference)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The facts a decision rests on, as they were. Never changed.
CREATE TABLE decision_record (
    tenant_id  bigint      NOT NULL,
    public_id  char(36)    NOT NULL COMMENT 'of the award',
    facts      mediumtext  NOT NULL COMMENT 'JSON: rule, explanation, observations used',
    created_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, public_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE award_history (
    tenant_id bigint       NOT NULL,
    id        bigint       NOT NULL AUTO_INCREMENT,
    award_id  bigint       NOT NULL,
    moment    varchar(20)  NOT NULL COMMENT 'CLAIMED, REVOKED, ...',
    at        datetime(6)  NOT NULL,
    by_person bigint       NULL COMMENT 'NULL: Laurel itself',
    reason    varchar(500) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY award_history_id_only (id),
    KEY award_history_award (tenant_id, award_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
