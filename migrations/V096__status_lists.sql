-- Where verifiers read whether a credential is still in force. A list has 131,072 places, dealt at random.
CREATE TABLE status_list (
    tenant_id       bigint      NOT NULL,
    id              bigint      NOT NULL AUTO_INCREMENT,
    issuer_id       bigint      NOT NULL,
    number          int         NOT NULL COMMENT 'of the issuer, counted up; only the last is dealt from',
    public_id       char(36)    NOT NULL COMMENT 'in the URL',
    taken           int         NOT NULL,
    revision        bigint      NOT NULL COMMENT 'counted up by each change',
    signed          mediumblob  NULL COMMENT 'BitstringStatusListCredential with its proof',
    signed_revision bigint      NULL,
    signed_at       datetime(6) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY status_list_id_only (id),
    UNIQUE KEY status_list_number (tenant_id, issuer_id, number),
    UNIQUE KEY status_list_public (public_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE status_entry (
    tenant_id bigint      NOT NULL,
    award_id  bigint      NOT NULL,
    list_id   bigint      NOT NULL,
    place     int         NOT NULL,
    since     datetime(6) NULL COMMENT 'not in force since; NULL: in force',
    PRIMARY KEY (tenant_id, award_id),
    UNIQUE KEY status_entry_place (tenant_id, list_id, place),
    KEY status_entry_since (tenant_id, list_id, since)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
