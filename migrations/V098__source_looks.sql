-- How the reading of one course through one source goes; the row of `gradebook` says it of all sources together.
CREATE TABLE source_look (
    tenant_id      bigint       NOT NULL,
    context_id     bigint       NOT NULL,
    source         varchar(20)  NOT NULL,
    bookmark       varchar(500) NULL COMMENT 'from where the next look goes on; NULL: it is at everything',
    whole_at       datetime(6)  NULL COMMENT 'the last look at everything',
    tried_at       datetime(6)  NOT NULL COMMENT 'when the last look began',
    looked_at      datetime(6)  NULL COMMENT 'the last look that worked',
    next_look_at   datetime(6)  NOT NULL,
    not_before     datetime(6)  NULL COMMENT 'the platform asked to wait until then, whoever asks',
    failures       int          NOT NULL,
    unmatched      int          NOT NULL COMMENT 'results of people whom no launch and no roster has shown yet',
    problem        varchar(500) NULL,
    requests       int          NOT NULL COMMENT 'of the last look, as the following two',
    results        int          NOT NULL COMMENT 'what it was told',
    changes        int          NOT NULL COMMENT 'what of it was new',
    PRIMARY KEY (tenant_id, context_id, source)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE gradebook ADD COLUMN asked_at datetime(6) NULL COMMENT 'somebody waits: what was not looked through since is looked through now';
