-- The words of skills, by which one is found without reading all of an institution.
CREATE TABLE framework_word (
    tenant_id    bigint      NOT NULL,
    word         varchar(64) NOT NULL COMMENT 'lower case; of scripts without blanks each ending of a run of letters',
    framework_id bigint      NOT NULL,
    place        int         NOT NULL,
    PRIMARY KEY (tenant_id, word, framework_id, place),
    KEY framework_word_of_skill (tenant_id, framework_id, place, word)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

ALTER TABLE framework ADD COLUMN has_words boolean NOT NULL DEFAULT FALSE COMMENT 'FALSE: brought before words were kept';
