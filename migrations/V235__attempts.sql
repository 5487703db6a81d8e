-- Which attempt a result is of, where the source knows attempts. The log has earlier ones that a badge needed, too; the
-- latest result is of the last one.
ALTER TABLE observation ADD COLUMN attempt int NULL COMMENT 'from 1; NULL: the source does not say';

ALTER TABLE latest_observation ADD COLUMN attempt int NULL;
