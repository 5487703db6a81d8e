-- After a pause that may be a restored backup everything is decided anew that was decided since the backup, and was told then.
ALTER TABLE message_run
    ADD COLUMN quiet_since datetime(6) NULL COMMENT 'the last run before the pause, UTC',
    ADD COLUMN quiet_until datetime(6) NULL COMMENT 'when every course has been looked at again, UTC';
