-- Accounts of people who had everything about them destroyed. A roster that still lists them brings nothing back; their
-- own next launch does, as somebody new.
CREATE TABLE erased_account (
    tenant_id       bigint        NOT NULL,
    registration_id bigint        NOT NULL,
    sub_hash        varbinary(32) NOT NULL,
    erased_at       datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, registration_id, sub_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
