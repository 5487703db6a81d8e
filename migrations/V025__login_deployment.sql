-- What the login request named, where it named one: the id_token must come from the same deployment.
ALTER TABLE oidc_state
    ADD COLUMN deployment_hash varbinary(32) NULL COMMENT 'of lti_deployment_id in the login request';
