-- Whoever gives a badge that has levels by hand says which.
ALTER TABLE human_decision ADD COLUMN given_level int NULL COMMENT '1 is the lowest; NULL: the lowest, or a badge without levels';
