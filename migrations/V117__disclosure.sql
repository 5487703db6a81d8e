-- What a holder lets others see of her badge besides its name and hers; without a row the level, and no results.
CREATE TABLE disclosure (
    tenant_id  bigint      NOT NULL,
    award_id   bigint      NOT NULL,
    detail     varchar(20) NOT NULL COMMENT 'BADGE, LEVEL, RESULTS',
    work       boolean     NOT NULL COMMENT 'what she handed in',
    changed_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, award_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The same credential signed without the level that was reached, for holders who do not show it.
CREATE TABLE credential_without_level (
    tenant_id bigint      NOT NULL,
    award_id  bigint      NOT NULL,
    embedded  mediumblob  NOT NULL COMMENT 'JSON with an eddsa-rdfc-2022 proof',
    jwt       mediumblob  NULL COMMENT 'VC-JWT, compact',
    signed_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, award_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
