-- Where whoever has a credential asks for the newest one: at an address that its number, which is told, does not lead to.
ALTER TABLE credential ADD COLUMN refresh_token char(32) NULL COMMENT 'stands in every credential of the award, and nowhere else';

UPDATE credential SET refresh_token = REPLACE(REPLACE(TO_BASE64(RANDOM_BYTES(24)), '+', '-'), '/', '_');

ALTER TABLE credential
    MODIFY COLUMN refresh_token char(32) NOT NULL COMMENT 'stands in every credential of the award, and nowhere else',
    ADD UNIQUE KEY credential_refresh (refresh_token);
