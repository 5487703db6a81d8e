-- Whoever has a key can sign with any date: what it signed is not believed any more, whenever it was signed.
ALTER TABLE issuer_key
    ADD COLUMN stolen_at datetime(6) NULL COMMENT 'since when it is known that somebody else has it',
    ADD COLUMN stolen_by bigint      NULL COMMENT 'who said so';
