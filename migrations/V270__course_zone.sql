-- Who said in which time zone a course is. The word of its staff counts more than that of the LMS, which counts more than where
-- somebody of the staff happened to launch from.
ALTER TABLE context
    ADD COLUMN time_zone_from varchar(10) NULL COMMENT 'LAUNCH, PLATFORM, STAFF; NULL: nobody said' AFTER time_zone,
    ADD COLUMN time_zone_by bigint NULL COMMENT 'person, where STAFF' AFTER time_zone_from,
    ADD COLUMN time_zone_at datetime(6) NULL AFTER time_zone_by;

UPDATE context SET time_zone_from = 'LAUNCH' WHERE time_zone IS NOT NULL;
