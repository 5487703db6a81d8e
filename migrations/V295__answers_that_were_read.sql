-- An answer is news to the student until she has opened the page on which it stands. What was news no longer stays so.
ALTER TABLE award_question ADD COLUMN read_at datetime(6) NULL COMMENT 'when she was shown the answer';

UPDATE award_question SET read_at = answered_at WHERE answered_at < UTC_TIMESTAMP(6) - INTERVAL 7 DAY;
