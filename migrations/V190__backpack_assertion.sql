-- Where a holder let a badge stand as an assertion of Open Badges 2.0, for backpacks that read no other.
CREATE TABLE backpack_assertion (
    tenant_id    bigint         NOT NULL,
    award_id     bigint         NOT NULL,
    person_id    bigint         NOT NULL,
    token_hash   binary(32)     NOT NULL COMMENT 'SHA-256 of what stands in the address',
    token_sealed varbinary(200) NOT NULL,
    identity     varchar(80)    NOT NULL COMMENT 'sha256$ and the hash of the e-mail address with the salt behind it',
    salt         varchar(40)    NOT NULL,
    created_at   datetime(6)    NOT NULL,
    PRIMARY KEY (tenant_id, award_id),
    UNIQUE KEY backpack_token (token_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
