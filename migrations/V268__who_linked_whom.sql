-- Who is one human follows from acts, each of which brings two persons together: what one of them said is ended without
-- the others, as where a platform says that two accounts are two after all.
CREATE TABLE person_link_act (
    tenant_id bigint      NOT NULL,
    one       bigint      NOT NULL COMMENT 'the smaller number',
    other     bigint      NOT NULL,
    how       varchar(20) NOT NULL COMMENT 'LEARNER, STAFF or PLATFORM, as in person_link',
    acted_at  datetime(6) NOT NULL,
    ended_at  datetime(6) NULL COMMENT 'NULL: it holds',
    PRIMARY KEY (tenant_id, one, other, how, acted_at),
    KEY person_link_act_other (tenant_id, other)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What a learner or the institution linked: it holds still where only a later link of all of them took its place. Which two of
-- more than two persons it brought together was not kept.
INSERT INTO person_link_act (tenant_id, one, other, how, acted_at, ended_at)
SELECT l.tenant_id, LEAST(l.human_id, l.person_id), GREATEST(l.human_id, l.person_id), l.how, l.linked_at,
    CASE WHEN EXISTS (
        SELECT 1 FROM person_link mine
        JOIN person_link theirs ON theirs.tenant_id = mine.tenant_id AND theirs.human_id = mine.human_id
            AND theirs.linked_at = mine.linked_at
        WHERE mine.tenant_id = l.tenant_id AND mine.person_id = l.human_id AND theirs.person_id = l.person_id
            AND mine.linked_at = l.ended_at AND mine.ended_at IS NULL) THEN NULL ELSE l.ended_at END
FROM person_link l
WHERE l.person_id <> l.human_id AND l.how <> 'PLATFORM';

-- A platform speaks only of its own accounts.
INSERT INTO person_link_act (tenant_id, one, other, how, acted_at, ended_at)
SELECT DISTINCT l.tenant_id, l.person_id, r.person_id, l.how, l.linked_at, l.ended_at
FROM person_link l
JOIN person_link r ON r.tenant_id = l.tenant_id AND r.human_id = l.human_id AND r.linked_at = l.linked_at
    AND r.person_id > l.person_id
JOIN account a ON a.tenant_id = l.tenant_id AND a.person_id = l.person_id
JOIN account b ON b.tenant_id = r.tenant_id AND b.person_id = r.person_id AND b.registration_id = a.registration_id
WHERE l.how = 'PLATFORM';

ALTER TABLE link_case
    MODIFY COLUMN reason varchar(20) NOT NULL
        COMMENT 'NAMES, SIS_IDS, LINKED_BEFORE, REFUSED_BEFORE, TOLD_APART';
