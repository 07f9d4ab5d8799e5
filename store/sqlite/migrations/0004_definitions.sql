-- What layers go by: shifts, named places, and denominators of rates.

-- +goose Up
CREATE TABLE shift (
    fid          INTEGER PRIMARY KEY NOT NULL,
    code         TEXT NOT NULL UNIQUE,
    name_es      TEXT NOT NULL,
    name_en      TEXT NOT NULL,
    start_minute INTEGER NOT NULL, -- of the local day
    end_minute   INTEGER NOT NULL, -- not after start_minute: of the next day
    days         INTEGER NOT NULL  -- on which it starts, bit 0 Monday; 0: all
);

CREATE TABLE place (
    fid       INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom      POINT NOT NULL,
    id        TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    synthetic BOOLEAN NOT NULL
);

CREATE TABLE denominator (
    fid  INTEGER PRIMARY KEY NOT NULL,
    id   TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    note TEXT NOT NULL
);

CREATE TABLE denominator_part (
    fid         INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom        GEOMETRY NOT NULL, -- point, polygon or multipolygon
    denominator TEXT NOT NULL REFERENCES denominator (id),
    value       DOUBLE NOT NULL
);
CREATE INDEX denominator_part_value ON denominator_part (denominator, value);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES
    ('shift', 'attributes', 'shift', 'Parts of the day as a force divides it', NULL),
    ('place', 'features', 'place', 'Named places, after which hotspots are named', 4326),
    ('denominator', 'attributes', 'denominator', 'What rates are held against', NULL),
    ('denominator_part', 'features', 'denominator_part', 'How much of a denominator is where', 4326);

INSERT INTO gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m)
VALUES
    ('place', 'geom', 'POINT', 4326, 0, 0),
    ('denominator_part', 'geom', 'GEOMETRY', 4326, 0, 0);
