-- How far a reading or an evaluation is that takes long, for people who wait for it. NULL: none does.
ALTER TABLE gradebook
    ADD COLUMN reading_since datetime(6) NULL,
    ADD COLUMN reading_done bigint NULL COMMENT 'columns',
    ADD COLUMN reading_of bigint NULL;

ALTER TABLE criteria_cursor
    ADD COLUMN pass_since datetime(6) NULL,
    ADD COLUMN pass_done bigint NULL COMMENT 'results and learners',
    ADD COLUMN pass_of bigint NULL;

-- Everything that was ever said of somebody in a column, however long the log of the course is.
ALTER TABLE observation
    ADD KEY observation_person (tenant_id, context_id, person_id, line_item_id, seq);
