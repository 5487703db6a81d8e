-- Every check asks which learners of a course are test students: mostly nobody, and it is not to read the whole roster.
ALTER TABLE membership
    ADD KEY membership_roles (tenant_id, context_id, roles);
