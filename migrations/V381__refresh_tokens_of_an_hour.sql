-- Backpacks that were let in for an hour had got a token to go on with.
UPDATE oauth2_authorization
SET refresh_token_value = NULL, refresh_token_issued_at = NULL, refresh_token_expires_at = NULL, refresh_token_metadata = NULL
WHERE refresh_token_value IS NOT NULL AND IFNULL(authorized_scopes, '') NOT LIKE '%offline_access%';
