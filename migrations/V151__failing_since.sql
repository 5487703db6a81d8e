ALTER TABLE source_look ADD COLUMN failing_since datetime(6) NULL COMMENT 'NULL: the last look worked' AFTER failures;
