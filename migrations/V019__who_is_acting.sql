-- What is known of a deployment before anybody approved it: words of signed launches, nothing of a person.
ALTER TABLE deployment
    ADD COLUMN platform_name varchar(200) NULL COMMENT 'tool_platform.name of the latest launch while pending',
    ADD COLUMN platform_guid varchar(255) NULL COMMENT 'tool_platform.guid',
    ADD COLUMN course_title  varchar(500) NULL,
    ADD COLUMN attempts      int          NOT NULL DEFAULT 0 COMMENT 'launches while pending',
    ADD COLUMN last_seen_at  datetime(6)  NULL;

-- Nothing that comes from a copy of an LMS is ever real.
ALTER TABLE registration
    ADD COLUMN test_copy boolean NOT NULL DEFAULT FALSE COMMENT 'marked so by an operator or the registrations file';

ALTER TABLE oidc_state
    ADD COLUMN test_copy boolean NOT NULL DEFAULT FALSE COMMENT 'said by the login request, which nobody signed';

ALTER TABLE launch
    ADD COLUMN read_only varchar(30) NULL COMMENT 'why this launch changes nothing: MASQUERADING, UNPROVEN_TEST_COPY',
    ADD COLUMN test_copy boolean NOT NULL DEFAULT FALSE;

ALTER TABLE context
    ADD COLUMN sample boolean NOT NULL DEFAULT FALSE COMMENT 'of a test copy, for good: its context_hash is another';
