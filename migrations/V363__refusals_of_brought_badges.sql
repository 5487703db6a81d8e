-- Of whom it was said that a badge is not hers: whoever decides about the same one the next time is told, also where she had
-- taken it away meanwhile. Whoever it belongs to can bring it all the same.
CREATE TABLE brought_refusal (
    tenant_id  bigint        NOT NULL,
    person_id  bigint        NOT NULL,
    identity   varbinary(32) NOT NULL COMMENT 'as in brought_badge',
    refused_by bigint        NOT NULL COMMENT 'person',
    refused_at datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, person_id, identity)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
