-- A badge that a person withheld from somebody who had everything about her destroyed: if one of her accounts comes back, no
-- check gives it to her either. Found by the hash of the account, and gone once that was done.
CREATE TABLE withheld_before (
    tenant_id   bigint   NOT NULL,
    account     char(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'keyed hash of the account at its platform',
    rule_set_id bigint   NOT NULL,
    by_person   bigint   NOT NULL,
    pass_id     bigint   NULL COMMENT 'withheld with a whole pass',
    PRIMARY KEY (tenant_id, account, rule_set_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
