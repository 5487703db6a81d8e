-- When the work was handed in that a grade is of, as far as the source says. occurred_at is when it was graded.
ALTER TABLE observation ADD COLUMN handed_in_at datetime(6) NULL COMMENT 'UTC; NULL: the source does not say';

ALTER TABLE latest_observation ADD COLUMN handed_in_at datetime(6) NULL;
