-- Further signed forms of a credential, that say less or more than the first: by the choice of its holder.
CREATE TABLE credential_saying (
    tenant_id bigint      NOT NULL,
    award_id  bigint      NOT NULL,
    saying    varchar(20) NOT NULL COMMENT 'WITHOUT_LEVEL, WITH_RESULTS',
    embedded  mediumblob  NOT NULL COMMENT 'JSON with an eddsa-rdfc-2022 proof',
    jwt       mediumblob  NULL COMMENT 'VC-JWT, compact',
    signed_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, award_id, saying)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO credential_saying (tenant_id, award_id, saying, embedded, jwt, signed_at)
SELECT tenant_id, award_id, 'WITHOUT_LEVEL', embedded, jwt, signed_at FROM credential_without_level;

DROP TABLE credential_without_level;
