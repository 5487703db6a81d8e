-- What of an archive was passed over, because a newer one came before or because it was taken back for good.
ALTER TABLE archive_arrival
    ADD COLUMN saved_at datetime(6) NULL COMMENT 'UTC, when it was made; known once it is checked',
    ADD COLUMN issuers_older int NOT NULL DEFAULT 0 COMMENT 'of which a newer word was here',
    ADD COLUMN withdrawals_kept int NOT NULL DEFAULT 0 COMMENT 'places that it has in force and that stay taken back';
