-- Each node asks each minute what ended since it asked last, and keeps it outside the database (docs/decisions/016).
ALTER TABLE share ADD KEY share_withdrawn (withdrawn_at), ADD KEY share_ends (ends_at);

ALTER TABLE person ADD KEY person_erased (erased_at);
