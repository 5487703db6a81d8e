-- What a student is told of an award, once per kind however often anything is worked out again. She reads it at her next
-- launch; whatever else carries messages one day takes them from here.
CREATE TABLE award_message (
    tenant_id  bigint      NOT NULL,
    award_id   bigint      NOT NULL,
    kind       varchar(20) NOT NULL COMMENT 'RELEASED, FELL, SUSPENDED, REINSTATED, REVOKED',
    person_id  bigint      NOT NULL,
    created_at datetime(6) NOT NULL,
    read_at    datetime(6) NULL,
    dropped_at datetime(6) NULL COMMENT 'it was no longer true before she read it',
    PRIMARY KEY (tenant_id, award_id, kind),
    KEY award_message_unread (tenant_id, person_id, read_at, dropped_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
