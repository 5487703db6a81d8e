-- An institution has its one place already while an archive is uploaded. The node that receives it says again and again that it
-- does, so that one that dies takes the place for a minute or two only.
ALTER TABLE archive_arrival
    ADD COLUMN alive_at datetime(6) NULL COMMENT 'UTC, by the clock of the database; of one that is RECEIVING',
    MODIFY under_way tinyint NULL COMMENT '1 while RECEIVING, CHECKING or ARRIVING, else NULL: an institution has one at a time';
