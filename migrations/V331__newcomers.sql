-- Whose results a source told before anybody knew who they are: its next look reads all of theirs.
CREATE TABLE source_newcomer (
    tenant_id  bigint      NOT NULL,
    context_id bigint      NOT NULL,
    source     varchar(20) NOT NULL,
    person_id  bigint      NOT NULL,
    known_at   datetime(6) NOT NULL COMMENT 'the latest',
    PRIMARY KEY (tenant_id, context_id, source, person_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
