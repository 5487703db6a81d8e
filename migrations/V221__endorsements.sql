-- What other organisations say of an institution's badges and issuers: brought, checked, hidden until its administrator agrees.
CREATE TABLE endorsement (
    tenant_id     bigint        NOT NULL,
    id            bigint        NOT NULL AUTO_INCREMENT,
    subject       varchar(500)  NOT NULL COMMENT 'of ours: the URL of a badge version, or the DID of an issuer',
    content_hash  varbinary(32) NOT NULL COMMENT 'SHA-256 of the credential',
    endorser_id   varchar(500)  NOT NULL,
    endorser      varchar(300)  NOT NULL COMMENT 'what it calls itself',
    vouched_by    varchar(300)  NULL COMMENT 'the host that stands behind it',
    remark        varchar(2000) NULL,
    valid_until   datetime(6)   NULL,
    brought       mediumblob    NOT NULL COMMENT 'as it was brought: JSON, JWT or an address; to be checked again',
    credential    mediumblob    NOT NULL COMMENT 'JSON',
    embeddable    boolean       NOT NULL COMMENT 'with a proof of its own that holds inside our badges',
    state         varchar(20)   NOT NULL COMMENT 'PENDING, APPROVED, REFUSED, ENDED',
    brought_by    bigint        NOT NULL,
    brought_at    datetime(6)   NOT NULL,
    decided_by    bigint        NULL COMMENT 'NULL: nobody yet, or Laurel, of one that does not hold any more',
    decided_at    datetime(6)   NULL,
    checked_at    datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY endorsement_id_only (id),
    UNIQUE KEY endorsement_once (tenant_id, content_hash),
    KEY endorsement_subject (tenant_id, state, subject(191)),
    KEY endorsement_checked (state, checked_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What holders say of a badge they have: shown once the institution's administrator agrees, as long as she wants it.
CREATE TABLE holder_endorsement (
    tenant_id  bigint        NOT NULL,
    award_id   bigint        NOT NULL,
    person_id  bigint        NOT NULL,
    subject    varchar(500)  NOT NULL COMMENT 'the URL of the badge version',
    remark     varchar(600)  NOT NULL,
    named      boolean       NOT NULL COMMENT 'she agreed to her name beside it',
    state      varchar(20)   NOT NULL COMMENT 'PENDING, APPROVED, REFUSED',
    written_at datetime(6)   NOT NULL,
    decided_by bigint        NULL,
    decided_at datetime(6)   NULL,
    PRIMARY KEY (tenant_id, award_id),
    KEY holder_endorsement_subject (tenant_id, state, subject(191)),
    KEY holder_endorsement_person (tenant_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What the institution itself says of badges and issuers of others, signed once.
CREATE TABLE issued_endorsement (
    tenant_id  bigint        NOT NULL,
    id         bigint        NOT NULL AUTO_INCREMENT,
    public_id  char(36)      NOT NULL,
    issuer_id  bigint        NOT NULL,
    subject    varchar(500)  NOT NULL,
    title      varchar(300)  NOT NULL,
    content    mediumblob    NOT NULL COMMENT 'EndorsementCredential with its proof',
    issued_by  bigint        NOT NULL,
    issued_at  datetime(6)   NOT NULL,
    ended_by   bigint        NULL,
    ended_at   datetime(6)   NULL COMMENT 'its address answers 410 since',
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY issued_endorsement_id_only (id),
    UNIQUE KEY issued_endorsement_public (public_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
