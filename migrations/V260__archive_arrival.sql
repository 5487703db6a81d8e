-- Archives that are brought in. They lie in sealed parts, where every node can go on with them, and go as soon as it is decided
-- what came of them. That stays.
CREATE TABLE archive_arrival (
    tenant_id     bigint         NOT NULL,
    id            bigint         NOT NULL AUTO_INCREMENT,
    by_person     bigint         NOT NULL,
    state         varchar(20)    NOT NULL COMMENT 'RECEIVING, CHECKING, ARRIVING, DONE, REFUSED, LOST',
    under_way     tinyint        NULL COMMENT '1 while CHECKING or ARRIVING, else NULL: an institution has one at a time',
    brought_at    datetime(6)    NOT NULL,
    finished_at   datetime(6)    NULL,
    key_sealed    varbinary(200) NULL COMMENT 'the key of the archive; NULL before it was received and after it is decided',
    bytes         bigint         NOT NULL,
    bytes_read    bigint         NOT NULL COMMENT 'checked',
    entries_read  bigint         NOT NULL COMMENT 'checked',
    issuers       int            NOT NULL,
    badges        int            NOT NULL COMMENT 'in the archive; known once it is checked',
    badges_done   int            NOT NULL COMMENT 'of these, in the order of the archive',
    badges_new    int            NOT NULL COMMENT 'that were not here before',
    refusal       varchar(20)    NULL,
    refused_word  varchar(500)   NULL COMMENT 'what the message of the refusal names',
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY archive_arrival_id_only (id),
    UNIQUE KEY archive_arrival_one (tenant_id, under_way),
    KEY archive_arrival_open (finished_at, brought_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE archive_arrival_part (
    tenant_id  bigint     NOT NULL,
    arrival_id bigint     NOT NULL,
    place      int        NOT NULL,
    sealed     mediumblob NOT NULL,
    PRIMARY KEY (tenant_id, arrival_id, place)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
