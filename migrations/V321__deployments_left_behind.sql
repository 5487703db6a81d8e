-- A platform that registered again knows us by another client id: no launch comes under the former one, until the
-- deployment is found again under a new id.
ALTER TABLE deployment
    ADD COLUMN left_behind boolean NOT NULL DEFAULT FALSE COMMENT 'its registration has another client id since';
