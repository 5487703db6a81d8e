-- Whom we trust and how we call them. Identifiers that platforms choose are found by the SHA-256 of their bytes:
-- every collation that MySQL and MariaDB share would take two of them for one (case, accents, trailing blanks).

CREATE TABLE installation (
    name       varchar(60)   NOT NULL,
    value      varchar(1000) NOT NULL,
    created_at datetime(6)   NOT NULL,
    PRIMARY KEY (name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE tenant (
    id         bigint       NOT NULL AUTO_INCREMENT,
    name       varchar(200) NOT NULL,
    name_hash  varbinary(32) NOT NULL,
    created_at datetime(6)  NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY tenant_name (name_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE registration (
    id             bigint        NOT NULL AUTO_INCREMENT,
    key_hash       varbinary(32) NOT NULL COMMENT 'SHA-256 of issuer, NUL, client_id',
    issuer         varchar(1000) NOT NULL,
    client_id      varchar(500)  NOT NULL,
    name           varchar(200)  NOT NULL,
    auth_uri       varchar(1000) NOT NULL,
    token_uri      varchar(1000) NOT NULL,
    token_audience varchar(1000) NULL COMMENT 'aud of the client assertion where it is not the token URL',
    jwks_uri       varchar(1000) NOT NULL,
    frame_origin   varchar(500)  NOT NULL COMMENT 'the origin that may frame our pages',
    tells_assistants boolean     NOT NULL COMMENT 'false: this platform names teaching assistants Learner or Instructor',
    poll_seconds   int           NULL COMMENT 'shortest time between two looks at a gradebook; NULL: the default',
    from_file      boolean       NOT NULL,
    active         boolean       NOT NULL,
    created_at     datetime(6)   NOT NULL,
    updated_at     datetime(6)   NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY registration_key (key_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE deployment (
    id              bigint        NOT NULL AUTO_INCREMENT,
    registration_id bigint        NOT NULL,
    deployment_hash varbinary(32) NOT NULL,
    deployment_id   varchar(255)  NOT NULL,
    tenant_id       bigint        NULL COMMENT 'NULL while pending: no institution has been chosen',
    status          varchar(20)   NOT NULL COMMENT 'ACTIVE, PENDING, DISABLED',
    first_seen_at   datetime(6)   NOT NULL,
    PRIMARY KEY (id),
    UNIQUE KEY deployment_key (registration_id, deployment_hash),
    KEY deployment_tenant (tenant_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE tool_key (
    id          bigint      NOT NULL AUTO_INCREMENT,
    kid         varchar(64) NOT NULL,
    public_jwk  text        NOT NULL,
    private_sealed varbinary(8000) NOT NULL,
    created_at  datetime(6) NOT NULL,
    retired_at  datetime(6) NULL,
    PRIMARY KEY (id),
    UNIQUE KEY tool_key_kid (kid)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
