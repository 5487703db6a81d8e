-- A tool key is published before it signs, and stays published after its successor signs. The generation lets one of
-- several nodes make the next key.
ALTER TABLE tool_key
    ADD COLUMN generation bigint NULL,
    ADD COLUMN signs_from datetime(6) NULL,
    MODIFY COLUMN private_sealed varbinary(8000) NULL COMMENT 'NULL: retired, the private part is destroyed';

UPDATE tool_key SET generation = id, signs_from = created_at, retired_at = NULL;

ALTER TABLE tool_key
    MODIFY COLUMN generation bigint NOT NULL,
    MODIFY COLUMN signs_from datetime(6) NOT NULL,
    ADD UNIQUE KEY tool_key_generation (generation);
