-- Keys of issuers can lie elsewhere than in the database, and an institution replaces one by a click.
ALTER TABLE issuer_key
    ADD COLUMN source     varchar(500) NOT NULL DEFAULT '' COMMENT 'file:… or env:…, where the private part lies; empty: sealed in this row',
    ADD COLUMN retired_by bigint       NULL COMMENT 'who had it replaced';
