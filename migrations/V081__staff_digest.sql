-- Instructors who asked for a weekly message about one course. look_at is when it is next looked whether there is anything to say.
CREATE TABLE staff_mail_choice (
    tenant_id      bigint      NOT NULL,
    context_id     bigint      NOT NULL,
    person_id      bigint      NOT NULL,
    allowed        boolean     NOT NULL,
    changed_at     datetime(6) NOT NULL,
    look_at        datetime(6) NOT NULL,
    last_digest_at datetime(6) NULL,
    PRIMARY KEY (tenant_id, context_id, person_id),
    KEY staff_mail_choice_person (tenant_id, person_id),
    KEY staff_mail_choice_due (allowed, look_at)
) DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
