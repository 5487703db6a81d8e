-- Links to one address are counted by where they were asked from, so that one stranger cannot use up all that she may have. An address
-- that opens nothing any more is told so once; it is kept until then.
ALTER TABLE address_mail
    ADD COLUMN network_hash binary(32) NULL COMMENT 'LINK: keyed, of the network that asked',
    ADD COLUMN sealed varbinary(600) NULL COMMENT 'FAREWELL: the address, under the key of the person';
