-- Uploads that wait to be confirmed, rejected rows as they stood in the file,
-- and how the files of a source are read.

-- +goose Up
ALTER TABLE upload ADD COLUMN proposal TEXT; -- JSON
ALTER TABLE reject ADD COLUMN record TEXT; -- JSON array
ALTER TABLE source ADD COLUMN crs TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN rows TEXT NOT NULL DEFAULT '';
