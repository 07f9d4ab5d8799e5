-- Further offences of an incident, and columns that somebody let through.

-- +goose Up
ALTER TABLE incident ADD COLUMN offences TEXT; -- codes of categories between commas; NULL: none
ALTER TABLE incident_prior ADD COLUMN offences TEXT;
ALTER TABLE source ADD COLUMN allowed TEXT; -- JSON array
