-- A holder may say until when the link to her page works. What is past its end answers like what was withdrawn.
ALTER TABLE share ADD COLUMN ends_at datetime(6) NULL COMMENT 'it works before this moment; NULL: until withdrawn';
