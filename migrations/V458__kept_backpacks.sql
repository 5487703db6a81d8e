-- A registration is kept for a year after it was last used, with all that the backpack says of itself.
ALTER TABLE oauth2_registered_client
    MODIFY client_settings text NOT NULL,
    ADD COLUMN used_at timestamp NULL DEFAULT NULL COMMENT 'the last day on which the backpack got a token; NULL: never',
    ADD KEY oauth2_registered_client_used (used_at, client_id_issued_at);

UPDATE oauth2_registered_client SET used_at = NOW()
WHERE EXISTS (SELECT 1 FROM oauth2_authorization a WHERE a.registered_client_id = oauth2_registered_client.id)
    OR EXISTS (SELECT 1 FROM oauth2_authorization_consent k WHERE k.registered_client_id = oauth2_registered_client.id);
