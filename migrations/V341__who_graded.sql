-- Who gave a grade, as far as the source says: PERSON, or TOOL for a quiz that marks itself and any other tool.
ALTER TABLE observation ADD COLUMN grader varchar(10) NULL COMMENT 'PERSON, TOOL; NULL: the source does not say';

ALTER TABLE latest_observation ADD COLUMN grader varchar(10) NULL;
