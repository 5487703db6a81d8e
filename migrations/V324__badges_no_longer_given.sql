-- A badge that was activated once can be given no longer: paused for good, and offered to nobody, until somebody takes that back.
ALTER TABLE rule_set
    ADD COLUMN retired_at datetime(6) NULL COMMENT 'NULL: given, or may be',
    ADD COLUMN retired_by bigint NULL;
