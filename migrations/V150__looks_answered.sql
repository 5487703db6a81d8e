-- A look at a few people answers what was said up to then, which is earlier than when it began.
ALTER TABLE source_look ADD COLUMN answered_at datetime(6) NULL
    COMMENT 'wishes and events up to then are answered; NULL: those up to tried_at' AFTER tried_at;
