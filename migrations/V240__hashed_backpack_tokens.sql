-- Codes and tokens of backpacks are stored as their hashes from now on. Those that were given out stay good.
UPDATE oauth2_authorization SET
    authorization_code_value = CONCAT('sha256:', SHA2(authorization_code_value, 256)),
    access_token_value = CONCAT('sha256:', SHA2(access_token_value, 256)),
    refresh_token_value = CONCAT('sha256:', SHA2(refresh_token_value, 256));
