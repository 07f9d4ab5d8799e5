-- What is wrong with a rejected row, so that it can be said in the language of
-- whoever reads it: its form and what fills it; and the sheet that it stands in.

-- +goose Up
ALTER TABLE reject ADD COLUMN said TEXT; -- JSON object of form and values
ALTER TABLE reject ADD COLUMN sheet TEXT NOT NULL DEFAULT ''; -- of a workbook of which several are read
DROP INDEX reject_row;
CREATE INDEX reject_row ON reject (upload, sheet, row);
