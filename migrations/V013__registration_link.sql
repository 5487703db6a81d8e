-- Links that an operator makes and that let one platform register itself for one institution. Only hashes are stored: the
-- link itself is made of the salt and the master key, so the operator can look at it again while it waits.
CREATE TABLE registration_link (
    tenant_id       bigint        NOT NULL,
    id              bigint        NOT NULL AUTO_INCREMENT,
    salt            varbinary(32) NOT NULL,
    token_hash      varbinary(32) NOT NULL,
    renews_id       bigint        NULL COMMENT 'the registration that is registered again; NULL: a new one',
    created_at      datetime(6)   NOT NULL,
    expires_at      datetime(6)   NOT NULL,
    claimed_at      datetime(6)   NULL COMMENT 'an attempt is under way since then',
    used_at         datetime(6)   NULL,
    registration_id bigint        NULL COMMENT 'what it made',
    platform_guid   varchar(255)  NULL COMMENT 'of the account that registered: its first deployment belongs to the tenant',
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY registration_link_id_only (id),
    UNIQUE KEY registration_link_token (token_hash),
    KEY registration_link_made (registration_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
