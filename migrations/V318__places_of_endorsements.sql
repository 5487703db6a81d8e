-- What the institution says of others names a place in a list of its own, so that whoever has it learns that it was ended.
ALTER TABLE issued_endorsement
    ADD COLUMN list_id bigint NULL COMMENT 'in status_list, of the kind ENDORSEMENTS; NULL: it names none',
    ADD COLUMN place int NULL,
    ADD UNIQUE KEY issued_endorsement_place (tenant_id, list_id, place);
