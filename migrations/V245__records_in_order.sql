-- Records lie in the order in which they are made. By the random number of its award each went to another page of the
-- table, so a cohort's wrote half of that anew.
ALTER TABLE decision_record
    ADD COLUMN id bigint NOT NULL AUTO_INCREMENT AFTER tenant_id,
    DROP PRIMARY KEY,
    ADD PRIMARY KEY (tenant_id, id),
    ADD UNIQUE KEY decision_record_id_only (id),
    ADD UNIQUE KEY decision_record_award (tenant_id, public_id);
