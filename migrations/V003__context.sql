CREATE TABLE context (
    tenant_id        bigint        NOT NULL,
    id               bigint        NOT NULL AUTO_INCREMENT,
    registration_id  bigint        NOT NULL,
    deployment_pk    bigint        NOT NULL,
    context_hash     varbinary(32) NOT NULL,
    context_id       varchar(255)  NOT NULL,
    title            varchar(500)  NOT NULL,
    label            varchar(255)  NULL,
    time_zone        varchar(60)   NULL,
    lineitems_url    varchar(2000) NULL,
    ags_scopes       varchar(1000) NULL,
    memberships_url  varchar(2000) NULL,
    last_launch_at   datetime(6)   NOT NULL,
    last_staff_at    datetime(6)   NULL,
    roster_checked_at datetime(6)  NULL COMMENT 'the last complete read',
    roster_tried_at  datetime(6)   NULL,
    roster_due_at    datetime(6)   NULL COMMENT 'the next read',
    roster_failures  int           NOT NULL DEFAULT 0,
    roster_problem   varchar(500)  NULL,
    roster_problem_since datetime(6) NULL,
    created_at       datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY context_id_only (id),
    UNIQUE KEY context_key (tenant_id, deployment_pk, context_hash),
    KEY context_roster_due (roster_due_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE resource_link (
    tenant_id     bigint        NOT NULL,
    id            bigint        NOT NULL AUTO_INCREMENT,
    context_id    bigint        NULL,
    deployment_pk bigint        NOT NULL,
    link_hash     varbinary(32) NOT NULL,
    link_id       varchar(255)  NOT NULL,
    title         varchar(500)  NULL,
    lineitem_url  varchar(2000) NULL,
    created_at    datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY resource_link_id_only (id),
    UNIQUE KEY resource_link_key (tenant_id, deployment_pk, link_hash)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The only place for personal data: sealed under a key per person, which the master key wraps. Every other table
-- holds the opaque number. Erasure destroys wrapped_key.
CREATE TABLE person (
    tenant_id   bigint          NOT NULL,
    id          bigint          NOT NULL COMMENT 'random, so that it tells nothing and a roster is inserted at once',
    wrapped_key varbinary(200)  NULL,
    sealed      varbinary(6000) NULL COMMENT 'name, e-mail, as JSON',
    sealed_digest varbinary(32) NULL COMMENT 'keyed hash of the plain text: an unchanged profile writes nothing',
    created_at  datetime(6)     NOT NULL,
    erased_at   datetime(6)     NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY person_id_only (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE account (
    tenant_id       bigint         NOT NULL,
    registration_id bigint         NOT NULL,
    sub_hash        varbinary(32)  NOT NULL COMMENT 'keyed hash of the bytes of sub',
    person_id       bigint         NOT NULL,
    sub_sealed      varbinary(1200) NOT NULL,
    created_at      datetime(6)    NOT NULL,
    PRIMARY KEY (tenant_id, registration_id, sub_hash),
    KEY account_person (tenant_id, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE membership (
    tenant_id      bigint       NOT NULL,
    context_id     bigint       NOT NULL,
    person_id      bigint       NOT NULL,
    roles          varchar(200) NOT NULL COMMENT 'Role names, comma separated: by launch or by roster',
    launch_roles   varchar(200) NULL COMMENT 'NULL: never launched',
    roster_roles   varchar(200) NULL COMMENT 'NULL: never on a roster',
    staff_by_launch boolean     NOT NULL COMMENT 'a launch showed this person as staff, whatever the roster says',
    active         boolean      NOT NULL,
    earns          boolean      NOT NULL COMMENT 'active learner who is not staff, assistant, observer or test student',
    seen_at        datetime(6)  NOT NULL,
    reference      varchar(20)  NOT NULL COMMENT 'of the launch or roster that last changed this row',
    PRIMARY KEY (tenant_id, context_id, person_id),
    KEY membership_person (tenant_id, person_id),
    KEY membership_reference (tenant_id, reference)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
