-- What is wrong with a rejected row, so that it can be said in the language of
-- whoever reads it: its form and what fills it.

-- +goose Up
ALTER TABLE reject ADD COLUMN said TEXT; -- JSON object of form and values
