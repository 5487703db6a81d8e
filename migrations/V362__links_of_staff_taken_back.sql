-- The institution said that two accounts are one person's, and took that back: by whom, and when.
ALTER TABLE link_case
    ADD COLUMN ended_at datetime(6) NULL,
    ADD COLUMN ended_by bigint NULL COMMENT 'person';
