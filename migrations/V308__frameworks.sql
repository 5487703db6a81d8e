-- Frameworks of skills that an institution brought, for the badges of its courses to point at.
CREATE TABLE framework (
    tenant_id  bigint       NOT NULL,
    id         bigint       NOT NULL AUTO_INCREMENT,
    name       varchar(300) NOT NULL,
    brought_by bigint       NOT NULL,
    brought_at datetime(6)  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY framework_id_only (id),
    UNIQUE KEY framework_name (tenant_id, name)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE framework_skill (
    tenant_id    bigint        NOT NULL,
    framework_id bigint        NOT NULL,
    place        int           NOT NULL COMMENT 'in the file, from 0',
    name         varchar(300)  NOT NULL,
    url          varchar(1000) NOT NULL,
    code         varchar(100)  NULL,
    kind         varchar(70)   NULL,
    searched     varchar(410)  NOT NULL COMMENT 'code and name in lower case',
    PRIMARY KEY (tenant_id, framework_id, place)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
