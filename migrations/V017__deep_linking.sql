-- What a platform asked for in a deep linking request, and what it gets back. It stays here, bound to its launch, so that
-- no page carries it; a launch is answered once.
CREATE TABLE deep_linking (
    tenant_id         bigint        NOT NULL,
    launch_id         bigint        NOT NULL,
    return_url        varchar(4000) NOT NULL,
    accepts_links     boolean       NOT NULL COMMENT 'ltiResourceLink is among accept_types',
    accepts_multiple  boolean       NOT NULL,
    accepts_line_items boolean      NOT NULL,
    title             varchar(500)  NULL COMMENT 'what the platform would call the link',
    data              mediumtext    NULL COMMENT 'JSON of the claim, goes back unchanged',
    answer            mediumtext    NULL COMMENT 'JSON of the claims that go back',
    nonce             varchar(43)   NULL,
    answered_at       datetime(6)   NULL,
    sent_at           datetime(6)   NULL COMMENT 'a page that posts the answer was given out',
    created_at        datetime(6)   NOT NULL,
    PRIMARY KEY (tenant_id, launch_id),
    KEY deep_linking_created (created_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a launch is about: a badge that its link is for, a person whose work somebody looks at, people whom an observer
-- follows.
ALTER TABLE launch
    ADD COLUMN badge_id        char(36)      NULL COMMENT 'public id, from the custom parameter of a deep link',
    ADD COLUMN about_person_id bigint        NULL COMMENT '0: somebody whom we do not know',
    ADD COLUMN observes        varchar(2100) NULL COMMENT 'person numbers, comma separated',
    ADD KEY launch_person (tenant_id, person_id);
