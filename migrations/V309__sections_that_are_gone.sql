-- The name of a section stays when the section is deleted, as rules may speak of it.
ALTER TABLE course_section
    ADD COLUMN gone_at datetime(6) NULL COMMENT 'since a complete list of the platform leaves it out, UTC';
