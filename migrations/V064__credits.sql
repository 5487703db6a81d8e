-- What a badge is worth, in credits of the institution.
ALTER TABLE achievement_version ADD COLUMN credits decimal(10, 2) NULL;
