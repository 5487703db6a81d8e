-- Of a column that is gone (deleted_at): why it is still there in the LMS, as the source says.
ALTER TABLE line_item ADD COLUMN still_there varchar(20) NULL COMMENT 'UNPUBLISHED, OVER_AGS';

UPDATE line_item SET still_there = 'UNPUBLISHED' WHERE unpublished = TRUE;

ALTER TABLE line_item DROP COLUMN unpublished;
