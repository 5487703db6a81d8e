-- What goes beyond something given by hand was taken back: by whom. Of what was before this nobody is known.
ALTER TABLE human_decision
    ADD COLUMN no_more_by bigint NULL COMMENT 'person';
