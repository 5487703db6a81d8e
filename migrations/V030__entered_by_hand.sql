-- Results that people enter in Laurel: confirmations, attendance, evidence with its assessments. What somebody wrote or
-- handed in is sealed under the learner's own key, so that erasing her makes it unreadable.

-- Who entered what; beside the log, which knows sources that are nobody.
CREATE TABLE observation_author (
    tenant_id  bigint NOT NULL,
    context_id bigint NOT NULL,
    seq        bigint NOT NULL,
    by_person  bigint NOT NULL,
    PRIMARY KEY (tenant_id, context_id, seq)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE manual_item (
    tenant_id    bigint        NOT NULL,
    line_item_id bigint        NOT NULL,
    context_id   bigint        NOT NULL,
    held_on      date          NULL COMMENT 'of a session',
    instructions varchar(4000) NULL COMMENT 'what to hand in',
    added_by     bigint        NOT NULL,
    added_at     datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, line_item_id),
    KEY manual_item_context (tenant_id, context_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A row of the rubric of an evidence item is a line item of its own.
CREATE TABLE rubric_row (
    tenant_id        bigint NOT NULL,
    evidence_item_id bigint NOT NULL,
    place            int    NOT NULL,
    line_item_id     bigint NOT NULL,
    PRIMARY KEY (tenant_id, evidence_item_id, place)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE rubric_level (
    tenant_id    bigint         NOT NULL,
    line_item_id bigint         NOT NULL,
    points       decimal(20, 6) NOT NULL,
    label        varchar(200)   NOT NULL,
    PRIMARY KEY (tenant_id, line_item_id, points)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE evidence (
    tenant_id    bigint        NOT NULL,
    id           bigint        NOT NULL AUTO_INCREMENT,
    context_id   bigint        NOT NULL,
    line_item_id bigint        NOT NULL,
    person_id    bigint        NOT NULL,
    version      int           NOT NULL,
    handed_in_at datetime(6)   NOT NULL,
    content_hash varbinary(32) NOT NULL COMMENT 'keyed: the same handed in twice is one version',
    sealed       mediumblob    NOT NULL COMMENT 'JSON: text and links',
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY evidence_id_only (id),
    UNIQUE KEY evidence_version (tenant_id, line_item_id, person_id, version)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE evidence_file (
    tenant_id   bigint          NOT NULL,
    evidence_id bigint          NOT NULL,
    place       int             NOT NULL,
    file_type   varchar(20)     NOT NULL COMMENT 'by its own bytes, never by its name',
    bytes       int             NOT NULL,
    sealed_name varbinary(2000) NOT NULL,
    sealed      longblob        NOT NULL,
    PRIMARY KEY (tenant_id, evidence_id, place)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE evidence_assessment (
    tenant_id   bigint      NOT NULL,
    id          bigint      NOT NULL AUTO_INCREMENT,
    evidence_id bigint      NOT NULL,
    accepted    boolean     NOT NULL,
    by_person   bigint      NOT NULL,
    assessed_at datetime(6) NOT NULL,
    sealed      mediumblob  NOT NULL COMMENT 'JSON: the comment, and the points of each row of the rubric',
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY evidence_assessment_id_only (id),
    KEY evidence_assessment_of (tenant_id, evidence_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
