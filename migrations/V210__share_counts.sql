-- How often a badge was looked at and passed on: numbers and nothing of who, from where or when.
CREATE TABLE share_count (
    tenant_id bigint      NOT NULL,
    award_id  bigint      NOT NULL,
    way       varchar(20) NOT NULL COMMENT 'PAGE, EMBEDDED, LINKEDIN, PDF',
    times     bigint      NOT NULL,
    PRIMARY KEY (tenant_id, award_id, way)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
