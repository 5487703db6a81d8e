-- An e-mail address that somebody gave herself, in a launch, and confirmed: a link mailed to it opens her badges, also when
-- her account is closed.
CREATE TABLE own_address (
    tenant_id    bigint         NOT NULL,
    id           bigint         NOT NULL COMMENT 'random; of this address of this person: links and sessions count as long as it is there',
    person_id    bigint         NOT NULL,
    address_hash binary(32)     NOT NULL COMMENT 'keyed, of the institution and the address in small letters',
    sealed       varbinary(600) NOT NULL COMMENT 'the address, under the key of the person',
    confirmed_at datetime(6)    NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY own_address_person (tenant_id, person_id),
    KEY own_address_hash (tenant_id, address_hash, confirmed_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One that she has not confirmed yet. It counts for nothing.
CREATE TABLE own_address_wish (
    tenant_id    bigint         NOT NULL,
    person_id    bigint         NOT NULL,
    address_hash binary(32)     NOT NULL,
    sealed       varbinary(600) NOT NULL COMMENT 'the address, under the key of the person',
    asked_at     datetime(6)    NOT NULL,
    code_hash    binary(32)     NULL COMMENT 'keyed, of the code that was mailed; NULL until it is',
    code_ends_at datetime(6)    NULL,
    tries        int            NOT NULL COMMENT 'codes that were typed',
    PRIMARY KEY (tenant_id, person_id),
    KEY own_address_wish_old (asked_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What was asked to be mailed to an address, whether anybody confirmed it or not. For a day, to keep it few.
CREATE TABLE address_mail (
    tenant_id    bigint      NOT NULL,
    id           bigint      NOT NULL AUTO_INCREMENT,
    kind         varchar(20) NOT NULL COMMENT 'CODE, LINK, NOTICE',
    address_hash binary(32)  NOT NULL,
    person_id    bigint      NULL COMMENT 'who asked in a launch; NULL: somebody on the public page',
    asked_at     datetime(6) NOT NULL,
    sent_at      datetime(6) NULL COMMENT 'some node sends it, or has',
    PRIMARY KEY (tenant_id, id),
    KEY address_mail_id (id),
    KEY address_mail_address (tenant_id, address_hash, kind, asked_at),
    KEY address_mail_person (tenant_id, person_id, kind, asked_at),
    KEY address_mail_old (asked_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A link that was mailed. It opens once.
CREATE TABLE shelf_link (
    tenant_id  bigint      NOT NULL,
    id         bigint      NOT NULL AUTO_INCREMENT,
    token_hash binary(32)  NOT NULL COMMENT 'SHA-256 of the last part of the link',
    address_id bigint      NOT NULL COMMENT 'of own_address',
    ends_at    datetime(6) NOT NULL,
    spent_at   datetime(6) NULL,
    PRIMARY KEY (tenant_id, id),
    KEY shelf_link_id (id),
    UNIQUE KEY shelf_link_token (token_hash),
    KEY shelf_link_old (ends_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
