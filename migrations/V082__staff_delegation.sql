-- What instructors let teaching assistants of a course do. Nothing is deleted: who gave what to whom, and who ended it, stays.
CREATE TABLE staff_delegation (
    tenant_id  bigint      NOT NULL,
    id         bigint      NOT NULL AUTO_INCREMENT,
    context_id bigint      NOT NULL,
    what       varchar(20) NOT NULL COMMENT 'ENTER_RESULTS, REVIEW_CASES',
    person_id  bigint      NOT NULL COMMENT '0: every teaching assistant of the course',
    live       boolean     NULL COMMENT 'TRUE or NULL, so that only the live one is unique',
    granted_by bigint      NOT NULL,
    granted_at datetime(6) NOT NULL,
    ended_by   bigint      NULL,
    ended_at   datetime(6) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY staff_delegation_id_only (id),
    UNIQUE KEY staff_delegation_live (tenant_id, context_id, what, person_id, live)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
