-- A file of badges that somebody brought and has not decided on yet: one for each person in a course, the next replaces it.
CREATE TABLE badge_set_file (
    tenant_id  bigint      NOT NULL,
    context_id bigint      NOT NULL,
    person_id  bigint      NOT NULL,
    content    mediumblob  NOT NULL,
    brought_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, context_id, person_id),
    KEY badge_set_file_age (tenant_id, brought_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which badge of a file became which rule set of a course: no file makes anything twice.
CREATE TABLE rule_set_import (
    tenant_id   bigint      NOT NULL,
    context_id  bigint      NOT NULL,
    badge_id    char(36)    NOT NULL COMMENT 'the public id of the badge that the file was first written from',
    rule_set_id bigint      NOT NULL,
    imported_by bigint      NOT NULL,
    imported_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, context_id, badge_id),
    KEY rule_set_import_made (tenant_id, rule_set_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
