-- A level that a person gave, or somebody had reached earlier, is known by its name where the badge has other levels by now.
-- Where a batch gave somebody more than what a person gave her and was undone, she keeps that and no check gives her more.
ALTER TABLE human_decision
    ADD COLUMN given_level_names text NULL COMMENT 'JSON: all tiers as they were, the lowest first',
    ADD COLUMN no_more boolean NOT NULL DEFAULT FALSE;
