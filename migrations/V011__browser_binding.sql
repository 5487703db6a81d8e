-- How a login was begun, sealed under the master key, so that it can begin again in a tab of its own.
ALTER TABLE oidc_state ADD COLUMN login_start varbinary(8000) NULL;

-- Launches whose id_token holds and whose browser is being asked for the proof that it began the login.
CREATE TABLE held_launch (
    state_hash varbinary(32) NOT NULL,
    claims     mediumblob    NOT NULL COMMENT 'JSON, sealed under the master key',
    created_at datetime(6)   NOT NULL,
    PRIMARY KEY (state_hash),
    KEY held_launch_created (created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Codes that carry a launch into a tab of its own: once, within a minute. The tenant is known by the code only.
CREATE TABLE hand_over (
    code_hash  varbinary(32) NOT NULL,
    tenant_id  bigint        NOT NULL,
    launch_id  bigint        NOT NULL,
    created_at datetime(6)   NOT NULL,
    PRIMARY KEY (code_hash),
    KEY hand_over_created (created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
