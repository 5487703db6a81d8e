-- An institution that leaves takes its issuers with it: who was permitted to, and what went out or came in.
CREATE TABLE issuer_archive (
    tenant_id    bigint      NOT NULL,
    id           bigint      NOT NULL AUTO_INCREMENT,
    way          varchar(3)  NOT NULL COMMENT 'OUT, IN',
    by_person    bigint      NOT NULL,
    permitted_at datetime(6) NOT NULL COMMENT 'confirmed, or brought in',
    finished_at  datetime(6) NULL COMMENT 'the last byte',
    issuers      int         NULL,
    credentials  int         NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY issuer_archive_id_only (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Issuers whose badges were signed by another installation, or by another institution of this one, before they came here.
CREATE TABLE arrived_issuer (
    tenant_id    bigint       NOT NULL,
    id           bigint       NOT NULL AUTO_INCREMENT,
    arrival_id   char(36)     NOT NULL COMMENT 'in addresses here; the DID stays with the old host',
    did          varchar(500) NOT NULL,
    name         varchar(300) NOT NULL,
    profile      mediumblob   NULL COMMENT 'as it was published',
    did_document mediumblob   NULL COMMENT 'as it was published',
    logo         mediumblob   NULL,
    as_of        datetime(6)  NOT NULL COMMENT 'when the newest archive of it was made',
    arrived_at   datetime(6)  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY arrived_issuer_id_only (id),
    UNIQUE KEY arrived_issuer_public (arrival_id),
    UNIQUE KEY arrived_issuer_did (tenant_id, did)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE arrived_key (
    tenant_id      bigint          NOT NULL,
    issuer_id      bigint          NOT NULL,
    fragment       varchar(100)    NOT NULL,
    algorithm      varchar(20)     NOT NULL COMMENT 'Ed25519, RS256, ES256',
    public_key     text            NOT NULL COMMENT 'publicKeyMultibase or a JWK',
    private_sealed varbinary(8000) NOT NULL,
    created_at     datetime(6)     NOT NULL,
    retired_at     datetime(6)     NULL,
    PRIMARY KEY (tenant_id, issuer_id, fragment)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE arrived_credential (
    tenant_id      bigint       NOT NULL,
    credential_id  char(36)     NOT NULL COMMENT 'urn:uuid of the credential',
    issuer_id      bigint       NOT NULL,
    badge          varchar(300) NOT NULL,
    valid_from     datetime(6)  NOT NULL,
    list_id        char(36)     NULL COMMENT 'of the status list at the old address',
    place          int          NULL,
    not_in_force_since datetime(6) NULL,
    withdrawn_by   bigint       NULL COMMENT 'who took it back here; NULL: nobody, or before it came',
    PRIMARY KEY (tenant_id, credential_id),
    KEY arrived_credential_issuer (tenant_id, issuer_id, valid_from, credential_id),
    KEY arrived_credential_list (tenant_id, issuer_id, list_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE arrived_credential_form (
    tenant_id     bigint      NOT NULL,
    credential_id char(36)    NOT NULL,
    form          varchar(40) NOT NULL COMMENT 'as-issued.json, as-issued.jwt, without-level.json and so on',
    content       mediumblob  NOT NULL,
    PRIMARY KEY (tenant_id, credential_id, form)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE arrived_status_list (
    tenant_id bigint       NOT NULL,
    issuer_id bigint       NOT NULL,
    list_id   char(36)     NOT NULL,
    signed    mediumblob   NOT NULL COMMENT 'BitstringStatusListCredential under its old address',
    suspensions mediumblob NULL COMMENT 'the same places with the purpose suspension',
    revision  bigint       NOT NULL COMMENT 'counted up by each change here; 1: as it came',
    PRIMARY KEY (tenant_id, issuer_id, list_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
