-- Deciding for a cohort is mostly the writing of keys. These are read by no query that another key does not serve as well:
-- evaluations of a person are asked for by rule set, those of a reference by the observation that carries it, and awards
-- of a course or of a pass by rule set.
ALTER TABLE evaluation
    DROP KEY evaluation_person,
    DROP KEY evaluation_reference;

ALTER TABLE award
    DROP KEY award_superseded,
    DROP KEY award_context,
    DROP KEY award_pass,
    DROP KEY award_rule_set,
    ADD KEY award_rule_set (tenant_id, rule_set_id, pass_id);
