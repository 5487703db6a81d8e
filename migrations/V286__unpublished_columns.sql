-- Of a column that is gone for students (deleted_at): it is still there for staff, as the source says.
ALTER TABLE line_item ADD COLUMN unpublished boolean NOT NULL DEFAULT FALSE;
