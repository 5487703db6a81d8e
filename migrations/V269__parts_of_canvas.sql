-- A part of a course of Canvas that does not work, while others do: it has pauses of its own.
CREATE TABLE canvas_part (
    tenant_id   bigint        NOT NULL,
    context_id  bigint        NOT NULL,
    part        varchar(20)   NOT NULL COMMENT 'GRADES (with RUBRICS), TOTALS, OUTCOMES, MODULES or COURSE',
    failures    int           NOT NULL,
    refused     boolean       NOT NULL COMMENT 'until somebody allows it',
    next_try_at datetime(6)   NOT NULL,
    problem     varchar(1000) NOT NULL,
    PRIMARY KEY (tenant_id, context_id, part)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
