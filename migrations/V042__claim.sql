-- The holder accepts or declines, and chooses what stands on the page of the badge: her name, her initials, nothing.
ALTER TABLE award
    ADD COLUMN name_shown varchar(10) NOT NULL DEFAULT 'NONE' COMMENT 'NAME, INITIALS, NONE',
    ADD COLUMN declined_at datetime(6) NULL;

UPDATE award SET name_shown = 'NAME' WHERE display_name_shown = TRUE;

ALTER TABLE award DROP COLUMN display_name_shown;

ALTER TABLE human_decision ADD KEY human_decision_person (tenant_id, person_id, live);
