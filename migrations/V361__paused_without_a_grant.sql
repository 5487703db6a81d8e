-- A badge that was paused because its course may not speak for its issuer any more goes on by itself once it may again. Of
-- those that were paused before this nobody knows why.
ALTER TABLE rule_set
    ADD COLUMN silenced_at datetime(6) NULL COMMENT 'paused since then for want of the grant; NULL: it is not';
