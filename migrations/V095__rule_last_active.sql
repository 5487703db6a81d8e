ALTER TABLE rule_set
    ADD COLUMN activated_version int NULL COMMENT 'the version that was in force when it was last activated';

UPDATE rule_set SET activated_version = version WHERE status = 'ACTIVE';
