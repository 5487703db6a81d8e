-- Hints that are stamped before others and committed after them are not passed over: each is stamped anew when it is seen first.
ALTER TABLE reading_hint ADD COLUMN seen boolean NOT NULL DEFAULT FALSE COMMENT 'a look knew of it, at hinted_at' AFTER hinted_at;
