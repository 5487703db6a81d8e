-- What somebody in an LMS allowed Laurel to read there in their name: Canvas's OAuth 2 tokens.
CREATE TABLE reading_grant (
    tenant_id        bigint          NOT NULL,
    registration_id  bigint          NOT NULL,
    source           varchar(20)     NOT NULL COMMENT 'canvas',
    context_id       bigint          NOT NULL COMMENT 'the course it is for; 0: every course of the institution',
    owner_person     bigint          NOT NULL COMMENT 'in whose name Laurel reads',
    owner_user       varchar(100)    NULL COMMENT 'the same person as the LMS names them',
    shard            bigint          NOT NULL COMMENT 'of that account: what a long user id of the same institution begins with',
    refresh_sealed   varbinary(2000) NULL,
    access_sealed    varbinary(2000) NOT NULL,
    access_until     datetime(6)     NULL COMMENT 'NULL: the LMS did not say',
    renewing_until   datetime(6)     NULL COMMENT 'somebody is getting a new access token, for at most so long',
    capabilities     varchar(500)    NOT NULL COMMENT 'what was asked for, comma separated',
    granted_at       datetime(6)     NOT NULL,
    ended_at         datetime(6)     NULL COMMENT 'since when the LMS does not accept it any more',
    PRIMARY KEY (tenant_id, registration_id, source, context_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Somebody is on the way to the LMS to allow it. One row serves one return, to the browser that left.
CREATE TABLE reading_departure (
    state_hash       varbinary(32) NOT NULL,
    browser_hash     varbinary(32) NOT NULL,
    tenant_id        bigint        NOT NULL,
    launch_id        bigint        NOT NULL,
    registration_id  bigint        NOT NULL,
    context_id       bigint        NOT NULL COMMENT '0: every course of the institution',
    address          varchar(500)  NOT NULL,
    client_id        varchar(255)  NOT NULL,
    capabilities     varchar(500)  NOT NULL,
    left_at          datetime(6)   NOT NULL,
    PRIMARY KEY (state_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Courses that have ended in Canvas, and are asked about only now and then.
CREATE TABLE canvas_ended_course (
    tenant_id        bigint        NOT NULL,
    context_id       bigint        NOT NULL,
    checked_at       datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, context_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Assignments of Canvas that are columns of Laurel's own: whatever they are called later, they are never read as results.
CREATE TABLE canvas_own_assignment (
    tenant_id        bigint        NOT NULL,
    context_id       bigint        NOT NULL,
    assignment_id    varchar(50)   NOT NULL,
    PRIMARY KEY (tenant_id, context_id, assignment_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was hidden at the last look is looked at again: Canvas does not say that a grade was posted.
ALTER TABLE latest_observation ADD KEY latest_observation_hidden (tenant_id, context_id, visibility);
