-- Two nodes can change a list to one revision after a backup was restored; the moment tells the two apart.
ALTER TABLE arrived_status_list
    ADD COLUMN changed_at datetime(6) NULL COMMENT 'UTC; NULL: before that was written down',
    MODIFY revision bigint NOT NULL COMMENT 'counted up by each change here';
