-- How a column was called and out of how much it was when somebody last looked at the rule that asks for it.
CREATE TABLE rule_set_column (
    tenant_id    bigint         NOT NULL,
    rule_set_id  bigint         NOT NULL,
    line_item_id bigint         NOT NULL,
    label        varchar(500)   NOT NULL,
    maximum      decimal(20, 6) NULL,
    PRIMARY KEY (tenant_id, rule_set_id, line_item_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
