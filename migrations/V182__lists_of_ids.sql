-- An institution may have its badges name a list of the ids of those that do not count, instead of a place in a list of bits.
ALTER TABLE status_list
    ADD COLUMN kind varchar(20) NOT NULL DEFAULT 'BITS' COMMENT 'BITS: BitstringStatusList; IDS: 1EdTechRevocationList',
    DROP KEY status_list_number,
    ADD UNIQUE KEY status_list_number (tenant_id, issuer_id, kind, number);

ALTER TABLE credential_format
    ADD COLUMN status_kind varchar(20) NOT NULL DEFAULT 'BITS' COMMENT 'of the status lists that new badges name';
