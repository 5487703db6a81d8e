-- Files with results that instructors bring. What is in them is personal, so it is sealed, in parts, and goes once it was
-- decided on or after a day. What came of it stays.
CREATE TABLE csv_import (
    tenant_id    bigint      NOT NULL,
    id           bigint      NOT NULL AUTO_INCREMENT,
    context_id   bigint      NOT NULL,
    by_person    bigint      NOT NULL,
    state        varchar(20) NOT NULL COMMENT 'STAGED, CONFIRMED, DONE, DROPPED',
    uploaded_at  datetime(6) NOT NULL,
    confirmed_at datetime(6) NULL,
    finished_at  datetime(6) NULL,
    sealed       mediumblob  NULL COMMENT 'JSON: name, look and mapping of the file; NULL once it is gone',
    rows_done    bigint      NOT NULL COMMENT 'lines that were recorded',
    rows_all     bigint      NOT NULL,
    recorded     bigint      NOT NULL COMMENT 'results that were new or changed',
    problems     bigint      NOT NULL COMMENT 'results and lines that were not taken',
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY csv_import_id_only (id),
    KEY csv_import_course (tenant_id, context_id, id),
    KEY csv_import_state (state, uploaded_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE csv_import_part (
    tenant_id bigint     NOT NULL,
    import_id bigint     NOT NULL,
    place     int        NOT NULL,
    sealed    mediumblob NOT NULL,
    PRIMARY KEY (tenant_id, import_id, place)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
