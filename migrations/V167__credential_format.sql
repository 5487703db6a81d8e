-- How an institution wants its credentials written, with who chose it; without a row the usual way.
CREATE TABLE credential_format (
    tenant_id     bigint      NOT NULL,
    jwt_algorithm varchar(20) NOT NULL COMMENT 'RS256, ES256: of the VC-JWT',
    changed_by    bigint      NOT NULL,
    changed_at    datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
