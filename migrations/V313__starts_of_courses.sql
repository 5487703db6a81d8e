ALTER TABLE context ADD COLUMN starts_at datetime(6) NULL COMMENT 'as the platform says; NULL: it does not say';
