-- Events name a course by its LTI id too, and say nothing of the deployment: not all courses are to be looked through.
ALTER TABLE context ADD KEY context_lti_id (tenant_id, registration_id, context_hash);
