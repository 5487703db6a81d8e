CREATE TABLE issuer (
    tenant_id  bigint       NOT NULL,
    id         bigint       NOT NULL AUTO_INCREMENT,
    public_id  char(36)     NOT NULL,
    kind       varchar(20)  NOT NULL COMMENT 'INSTITUTION, COURSE',
    context_id bigint       NULL COMMENT 'of a course issuer',
    name       varchar(300) NOT NULL,
    created_by bigint       NULL COMMENT 'NULL: Laurel itself, for a course',
    created_at datetime(6)  NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY issuer_id_only (id),
    UNIQUE KEY issuer_public (public_id),
    UNIQUE KEY issuer_course (tenant_id, context_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Authority to speak as an issuer is given by the institution, never implied by a course role. A course has one at a
-- time; the ones before stay as rows that are not live, so that who gave what and when is never lost.
CREATE TABLE issuer_grant (
    tenant_id  bigint      NOT NULL,
    id         bigint      NOT NULL AUTO_INCREMENT,
    issuer_id  bigint      NOT NULL,
    context_id bigint      NOT NULL,
    live       boolean     NULL COMMENT 'TRUE or NULL, so that only the live one is unique',
    granted_by bigint      NOT NULL,
    granted_at datetime(6) NOT NULL,
    revoked_by bigint      NULL,
    revoked_at datetime(6) NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY issuer_grant_id_only (id),
    UNIQUE KEY issuer_grant_live (tenant_id, context_id, live)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE badge_image (
    tenant_id  bigint        NOT NULL,
    id         bigint        NOT NULL AUTO_INCREMENT,
    png        mediumblob    NOT NULL,
    svg        mediumtext    NULL COMMENT 'NULL for an uploaded picture',
    alt_text   varchar(500)  NOT NULL,
    uploaded_in bigint       NULL COMMENT 'the course whose teacher uploaded it; NULL for a drawing',
    created_at datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY badge_image_id_only (id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE achievement (
    tenant_id  bigint      NOT NULL,
    id         bigint      NOT NULL AUTO_INCREMENT,
    public_id  char(36)    NOT NULL,
    issuer_id  bigint      NOT NULL,
    latest_version int     NOT NULL,
    created_by bigint      NOT NULL,
    created_at datetime(6) NOT NULL,
    PRIMARY KEY (tenant_id, id),
    UNIQUE KEY achievement_id_only (id),
    UNIQUE KEY achievement_public (public_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A version may change until activated_at is set and never afterwards.
CREATE TABLE achievement_version (
    tenant_id      bigint       NOT NULL,
    achievement_id bigint       NOT NULL,
    version        int          NOT NULL,
    name           varchar(200) NOT NULL,
    description    varchar(2000) NOT NULL,
    criteria       varchar(4000) NOT NULL COMMENT 'the narrative',
    achievement_type varchar(60) NOT NULL,
    image_id       bigint       NOT NULL,
    colour         char(7)      NOT NULL,
    created_at     datetime(6)  NOT NULL,
    activated_at   datetime(6)  NULL,
    activated_by   bigint       NULL,
    PRIMARY KEY (tenant_id, achievement_id, version),
    KEY achievement_version_image (tenant_id, image_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
