-- What holders put into wallets. An offer is good for minutes and for one wallet.
CREATE TABLE wallet_offer (
    tenant_id     bigint        NOT NULL,
    id            bigint        NOT NULL AUTO_INCREMENT,
    award_id      bigint        NOT NULL,
    person_id     bigint        NOT NULL,
    issuer        char(36)      NOT NULL COMMENT 'public id of the issuer of the badge',
    secret_hash   binary(32)    NOT NULL COMMENT 'SHA-256 of the secret in the address of the offer',
    secret_sealed varbinary(200) NOT NULL,
    code_hash     binary(32)    NOT NULL COMMENT 'SHA-256 of the pre-authorised code, which is derived from the secret',
    asks_code     boolean       NOT NULL COMMENT 'the wallet asks for a second code, which is derived from the secret too',
    wrong_codes   int           NOT NULL DEFAULT 0,
    created_at    datetime(6)   NOT NULL,
    ends_at       datetime(6)   NOT NULL,
    used_at       datetime(6)   NULL COMMENT 'a wallet came with it, or it was taken away',
    token_hash    binary(32)    NULL COMMENT 'SHA-256 of the access token',
    token_ends_at datetime(6)   NULL,
    did_hash      binary(32)    NULL COMMENT 'SHA-256 of the DID that the wallet proved: the token is good for no other',
    taken_at      datetime(6)   NULL COMMENT 'a wallet has the badge',
    PRIMARY KEY (tenant_id, id),
    KEY wallet_offer_id (id),
    UNIQUE KEY wallet_offer_secret (secret_hash),
    UNIQUE KEY wallet_offer_code (code_hash),
    UNIQUE KEY wallet_offer_token (token_hash),
    KEY wallet_offer_person (tenant_id, person_id, created_at),
    KEY wallet_offer_award (tenant_id, award_id, created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a wallet has signed once; until the nonce ends by itself.
CREATE TABLE wallet_nonce (
    tenant_id  bigint      NOT NULL,
    nonce_hash binary(32)  NOT NULL,
    ends_at    datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, nonce_hash),
    KEY wallet_nonce_end (tenant_id, ends_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Credentials of an award whose subject is a DID that its holder proved to be hers.
CREATE TABLE credential_holding (
    tenant_id bigint        NOT NULL,
    award_id  bigint        NOT NULL,
    did_hash  binary(32)    NOT NULL COMMENT 'SHA-256 of the DID',
    person_id bigint        NOT NULL,
    did       varchar(1000) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    embedded  mediumblob    NOT NULL COMMENT 'JSON with an eddsa-rdfc-2022 proof',
    jwt       mediumblob    NULL COMMENT 'VC-JWT, compact',
    signed_at datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, award_id, did_hash),
    KEY credential_holding_person (tenant_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
