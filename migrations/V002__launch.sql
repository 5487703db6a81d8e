-- A login in flight. It is consumed by DELETE and its row count, so a state works exactly once on any number of nodes.
CREATE TABLE oidc_state (
    state_hash      varbinary(32) NOT NULL,
    nonce_hash      varbinary(32) NOT NULL,
    browser_hash    varbinary(32) NOT NULL COMMENT 'of the value in the cookie that binds the browser',
    registration_id bigint        NOT NULL,
    created_at      datetime(6)   NOT NULL,
    PRIMARY KEY (state_hash),
    KEY oidc_state_created (created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Who is signed in and from where: what a session's one attribute, the launch id, stands for. No personal data.
CREATE TABLE launch (
    tenant_id       bigint       NOT NULL,
    id              bigint       NOT NULL AUTO_INCREMENT,
    reference       varchar(20)  NOT NULL,
    registration_id bigint       NOT NULL,
    deployment_pk   bigint       NOT NULL,
    person_id       bigint       NOT NULL,
    context_id      bigint       NULL,
    resource_link_id bigint      NULL,
    roles           varchar(200) NOT NULL COMMENT 'Role names, comma separated',
    message_type    varchar(60)  NOT NULL,
    locale          varchar(35)  NULL,
    return_url      varchar(2000) NULL,
    created_at      datetime(6)  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY launch_id (id),
    KEY launch_reference (tenant_id, reference),
    KEY launch_created (created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How an operator gets in. Only hashes are kept; a link works once.
CREATE TABLE operator_link (
    token_hash varbinary(32) NOT NULL,
    created_at datetime(6)   NOT NULL,
    expires_at datetime(6)   NOT NULL,
    PRIMARY KEY (token_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
