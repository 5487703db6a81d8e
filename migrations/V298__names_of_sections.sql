-- What a platform calls the sections (Canvas) or groups (Moodle) of a course. Rules and memberships know their numbers only.
CREATE TABLE course_section (
    tenant_id  bigint       NOT NULL,
    context_id bigint       NOT NULL,
    number     varchar(19)  NOT NULL COMMENT 'as the platform says it',
    name       varchar(255) NOT NULL,
    told_at    datetime(6)  NOT NULL COMMENT 'when it was first told by this name, UTC',
    PRIMARY KEY (tenant_id, context_id, number)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
