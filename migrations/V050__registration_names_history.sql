-- A link's own custom parameter could name other courses as origins of its own: what was learned so far may come from one.
-- The next launch of each course says again what its platform itself names.
DELETE FROM context_origin;
UPDATE context SET history_digest = NULL;

ALTER TABLE registration
    ADD COLUMN names_history boolean NOT NULL DEFAULT FALSE COMMENT 'Moodle: context_history is a parameter of the tool itself';
