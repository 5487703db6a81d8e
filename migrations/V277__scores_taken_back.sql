-- A score goes with its badge: what was written to the LMS is taken away again.
ALTER TABLE score_outbox
    ADD COLUMN withdrawn_at datetime(6) NULL COMMENT 'the award was taken back; sent_at is then when the LMS was told, NULL while that is still to do';
