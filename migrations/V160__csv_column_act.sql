-- Columns that came from files: who gave one another name or took it away. The latest name given stays when the file is
-- brought again.
CREATE TABLE csv_column_act (
    tenant_id    bigint       NOT NULL,
    id           bigint       NOT NULL AUTO_INCREMENT,
    context_id   bigint       NOT NULL,
    line_item_id bigint       NOT NULL,
    act          varchar(20)  NOT NULL COMMENT 'RENAMED, REMOVED',
    label_before varchar(500) NOT NULL,
    label_after  varchar(500) NULL COMMENT 'NULL where it was taken away',
    by_person    bigint       NOT NULL,
    at           datetime(6)  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY csv_column_act_id_only (id),
    KEY csv_column_act_course (tenant_id, context_id, id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
