-- What was refused is kept for an hour only, whatever a flood leaves behind.
ALTER TABLE notice
    ADD KEY notice_outcome (outcome, received_at);
