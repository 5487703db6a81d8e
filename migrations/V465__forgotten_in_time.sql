-- What is kept for a while only is found by its age, whoever it belongs to.
ALTER TABLE owner_question ADD KEY owner_question_created (created_at);
ALTER TABLE wallet_offer ADD KEY wallet_offer_created (created_at);
ALTER TABLE badge_set_file ADD KEY badge_set_file_brought (brought_at);

-- Nothing ever wrote it.
ALTER TABLE set_aside_job DROP COLUMN task_data;

-- Files of somebody who is erased go.
ALTER TABLE evidence ADD KEY evidence_person (tenant_id, person_id);
