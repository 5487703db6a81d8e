-- What was published as not in force and is not known to the database any more, because a backup of before was restored.
CREATE TABLE status_lost (
    tenant_id  bigint      NOT NULL,
    list_id    bigint      NOT NULL,
    place      int         NOT NULL,
    credential char(36)    NULL COMMENT 'its id, in a list that tells ids',
    reason     varchar(20) NOT NULL COMMENT 'REVOKED, SUSPENDED, SUPERSEDED',
    found_at   datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, list_id, place)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
