ALTER TABLE context ADD COLUMN ends_at datetime(6) NULL COMMENT 'as the platform says; NULL: it does not say, or there is no end';
