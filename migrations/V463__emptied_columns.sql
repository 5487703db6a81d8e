-- Where a source lists no result at all in a column in which several were known: since when. It is not believed at once.
ALTER TABLE line_item ADD COLUMN emptied_at datetime(6) NULL;
