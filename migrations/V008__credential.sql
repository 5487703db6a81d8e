CREATE TABLE issuer_key (
    tenant_id  bigint          NOT NULL,
    id         bigint          NOT NULL AUTO_INCREMENT,
    issuer_id  bigint          NOT NULL,
    algorithm  varchar(20)     NOT NULL COMMENT 'Ed25519, RS256',
    fragment   varchar(100)    NOT NULL COMMENT 'of the verification method: did#fragment; counted up by rotation',
    public_key text            NOT NULL COMMENT 'publicKeyMultibase or a JWK',
    private_sealed varbinary(8000) NOT NULL,
    created_at datetime(6)     NOT NULL,
    retired_at datetime(6)     NULL COMMENT 'signs nothing any more, but what it signed stays valid',
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY issuer_key_id_only (id),
    UNIQUE KEY issuer_key_fragment (tenant_id, issuer_id, fragment)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Signed once, stored as bytes. A read never signs.
CREATE TABLE credential (
    tenant_id     bigint        NOT NULL,
    award_id      bigint        NOT NULL,
    public_id     char(36)      NOT NULL,
    reference     varchar(20)   NOT NULL COMMENT 'follow one grade',
    embedded      mediumblob    NULL COMMENT 'JSON with an eddsa-rdfc-2022 proof',
    signed_at     datetime(6)   NULL,
    jwt           mediumblob    NULL COMMENT 'VC-JWT, compact',
    jwt_signed_at datetime(6)   NULL,
    identity_salt varbinary(32) NOT NULL,
    set_aside     varchar(500)  NULL COMMENT 'why signing was given up on',
    created_at    datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, award_id),
    UNIQUE KEY credential_public (public_id),
    KEY credential_unsigned (signed_at, tenant_id, created_at),
    KEY credential_without_jwt (jwt_signed_at, tenant_id, signed_at),
    KEY credential_reference (tenant_id, reference)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
