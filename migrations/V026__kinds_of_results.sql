-- What a column measures, the group that the LMS files it under, and the letter beside a score.
ALTER TABLE line_item
    ADD COLUMN kind varchar(20) NOT NULL DEFAULT 'SCORE'
        COMMENT 'SCORE, TOTAL_CURRENT, TOTAL_FINAL, COMPLETION, OUTCOME, RUBRIC_ROW, ATTENDANCE, EVIDENCE, CONFIRMATION',
    ADD COLUMN group_name varchar(255) NULL,
    ADD COLUMN mastery decimal(20, 6) NULL COMMENT 'points from which the LMS speaks of mastery';

ALTER TABLE observation ADD COLUMN grade varchar(50) NULL COMMENT 'the letter, as the LMS shows it';
ALTER TABLE latest_observation ADD COLUMN grade varchar(50) NULL;

-- Best, first and dated results are found in the log.
ALTER TABLE observation ADD KEY observation_history (tenant_id, context_id, line_item_id, person_id, seq);

CREATE TABLE grading_scheme (
    tenant_id    bigint        NOT NULL,
    context_id   bigint        NOT NULL,
    place        int           NOT NULL COMMENT '0 is the best letter',
    letter       varchar(50)   NOT NULL,
    from_percent decimal(9, 4) NOT NULL,
    PRIMARY KEY (tenant_id, context_id, place)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
