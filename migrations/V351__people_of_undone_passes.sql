-- Several undone passes may keep the same badge from somebody: each does until it is ended, or somebody decides about her alone.
CREATE TABLE undone_pass_person (
    tenant_id   bigint NOT NULL,
    rule_set_id bigint NOT NULL,
    person_id   bigint NOT NULL,
    pass_id     bigint NOT NULL,
    PRIMARY KEY (tenant_id, rule_set_id, person_id, pass_id)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO undone_pass_person (tenant_id, rule_set_id, person_id, pass_id)
SELECT tenant_id, rule_set_id, person_id, pass_id FROM human_decision
WHERE live = TRUE AND pass_id IS NOT NULL AND (kind = 'WITHHELD' OR no_more);

UPDATE withheld_before SET pass_id = 0 WHERE pass_id IS NULL;

ALTER TABLE withheld_before
    MODIFY pass_id bigint NOT NULL COMMENT 'withheld with a whole pass; 0: alone',
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (tenant_id, account, rule_set_id, pass_id);
