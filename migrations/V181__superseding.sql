-- A holder has her badge made anew, with her name or e-mail address in it: a new credential takes the place of the old one.
ALTER TABLE credential
    ADD COLUMN issue      int             NOT NULL DEFAULT 1 COMMENT 'counted up by each new one',
    ADD COLUMN sealed_for bigint          NULL COMMENT 'the person under whose key the bytes lie, because they say who she is',
    ADD COLUMN named      varbinary(4000) NULL COMMENT 'what they say of her, under the same key';

-- Those that are replaced. Their bytes are gone: what was wrong in them is not kept. Their places in the status lists stay.
CREATE TABLE credential_superseded (
    tenant_id     bigint      NOT NULL,
    award_id      bigint      NOT NULL,
    issue         int         NOT NULL,
    public_id     char(36)    NOT NULL,
    superseded_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, award_id, issue),
    UNIQUE KEY credential_superseded_public (public_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE status_entry
    ADD COLUMN past int NOT NULL DEFAULT 0 COMMENT '0: of the credential of now, else the issue of one that it replaced',
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (tenant_id, award_id, past),
    MODIFY COLUMN reason varchar(20) NULL COMMENT 'REVOKED, SUSPENDED, SUPERSEDED; NULL: in force';
