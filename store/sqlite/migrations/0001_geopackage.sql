-- The tables of OGC GeoPackage 1.3 (OGC 12-128r17), then Atalaya's own.

-- +goose Up
PRAGMA application_id = 0x47504B47; -- GPKG
PRAGMA user_version = 10300;

CREATE TABLE gpkg_spatial_ref_sys (
    srs_name                 TEXT NOT NULL,
    srs_id                   INTEGER PRIMARY KEY NOT NULL,
    organization             TEXT NOT NULL,
    organization_coordsys_id INTEGER NOT NULL,
    definition               TEXT NOT NULL,
    description              TEXT
);

INSERT INTO gpkg_spatial_ref_sys
    (srs_name, srs_id, organization, organization_coordsys_id, definition, description)
VALUES
    ('Undefined Cartesian', -1, 'NONE', -1, 'undefined', 'Cartesian coordinates of no known system'),
    ('Undefined geographic', 0, 'NONE', 0, 'undefined', 'Geographic coordinates of no known system'),
    ('WGS 84', 4326, 'EPSG', 4326,
     'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]',
     'Longitude and latitude in degrees');

CREATE TABLE gpkg_contents (
    table_name  TEXT PRIMARY KEY NOT NULL,
    data_type   TEXT NOT NULL,
    identifier  TEXT UNIQUE,
    description TEXT DEFAULT '',
    last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now')),
    min_x       DOUBLE,
    min_y       DOUBLE,
    max_x       DOUBLE,
    max_y       DOUBLE,
    srs_id      INTEGER,
    CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

CREATE TABLE gpkg_geometry_columns (
    table_name         TEXT NOT NULL UNIQUE,
    column_name        TEXT NOT NULL,
    geometry_type_name TEXT NOT NULL,
    srs_id             INTEGER NOT NULL,
    z                  TINYINT NOT NULL,
    m                  TINYINT NOT NULL,
    CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name),
    CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents (table_name),
    CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id)
);

-- One row: the data version, and the time span of the incidents.
CREATE TABLE state (
    id         INTEGER PRIMARY KEY CHECK (id = 1),
    version    INTEGER NOT NULL,
    changed_at DATETIME,
    earliest   DATETIME,
    latest     DATETIME
);

INSERT INTO state (id, version) VALUES (1, 0);

CREATE TABLE source (
    fid       INTEGER PRIMARY KEY NOT NULL,
    code      TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    time_zone TEXT NOT NULL,
    synthetic BOOLEAN NOT NULL,
    columns   TEXT, -- JSON array
    mapping   TEXT, -- JSON object
    incidents INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE category (
    fid       INTEGER PRIMARY KEY NOT NULL,
    code      TEXT NOT NULL UNIQUE,
    name_es   TEXT NOT NULL,
    name_en   TEXT NOT NULL,
    "group"   TEXT NOT NULL,
    origin    TEXT NOT NULL,
    sensitive BOOLEAN NOT NULL,
    harm      DOUBLE NOT NULL,
    incidents INTEGER NOT NULL DEFAULT 0
);

-- What a source calls a category. A text without a category was seen and
-- means nothing yet.
CREATE TABLE category_text (
    id       INTEGER PRIMARY KEY,
    source   TEXT NOT NULL REFERENCES source (code) ON DELETE CASCADE,
    raw      TEXT NOT NULL,
    category TEXT REFERENCES category (code),
    UNIQUE (source, raw)
);

CREATE TABLE upload (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    status      TEXT NOT NULL,
    sha256      TEXT NOT NULL,
    bytes       INTEGER NOT NULL,
    created_at  DATETIME NOT NULL,
    finished_at DATETIME,
    error       TEXT NOT NULL,
    report      TEXT NOT NULL -- JSON
);

CREATE TABLE reject (
    id      INTEGER PRIMARY KEY,
    upload  INTEGER NOT NULL REFERENCES upload (id),
    row     INTEGER NOT NULL,
    reason  TEXT NOT NULL,
    field   TEXT NOT NULL,
    value   TEXT NOT NULL,
    message TEXT NOT NULL
);
CREATE INDEX reject_row ON reject (upload, row);

-- References of incident are checked before a row is written: declared here
-- they would be looked up once more for each row.
CREATE TABLE incident (
    fid                INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom               POINT NOT NULL,
    source             TEXT NOT NULL,
    source_id          TEXT NOT NULL,
    category           TEXT NOT NULL,
    occurred_from      DATETIME,
    occurred_to        DATETIME,
    time_precision     TEXT NOT NULL,
    location_precision TEXT NOT NULL,
    origin             TEXT,    -- NULL: as its category
    upload             INTEGER, -- that brought it; NULL: posted
    updated_by         INTEGER, -- upload that changed it last, 0: a post; NULL: never changed
    category_text      INTEGER, -- NULL: came with the category's code
    cell               INTEGER NOT NULL
);
CREATE UNIQUE INDEX incident_source ON incident (source, source_id);
CREATE INDEX incident_cell ON incident (cell);

-- What an upload replaced, kept so that it can be undone.
CREATE TABLE incident_prior (
    upload             INTEGER NOT NULL REFERENCES upload (id),
    incident           INTEGER NOT NULL,
    geom               POINT NOT NULL,
    category           TEXT NOT NULL,
    occurred_from      DATETIME,
    occurred_to        DATETIME,
    time_precision     TEXT NOT NULL,
    location_precision TEXT NOT NULL,
    origin             TEXT,
    updated_by         INTEGER,
    category_text      INTEGER,
    cell               INTEGER NOT NULL,
    PRIMARY KEY (upload, incident)
);

CREATE TABLE area (
    fid       INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    geom      MULTIPOLYGON NOT NULL,
    id        TEXT NOT NULL UNIQUE,
    name      TEXT NOT NULL,
    kind      TEXT NOT NULL,
    synthetic BOOLEAN NOT NULL,
    cells     BLOB -- H3 indices, eight bytes each, big endian
);

INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES
    ('incident', 'features', 'incident', 'Incidents, one point each', 4326),
    ('area', 'features', 'area', 'Study areas, sectors and jurisdictions', 4326),
    ('category', 'attributes', 'category', 'Categories of incidents', NULL),
    ('source', 'attributes', 'source', 'Systems that incidents come from', NULL);

INSERT INTO gpkg_geometry_columns (table_name, column_name, geometry_type_name, srs_id, z, m)
VALUES
    ('incident', 'geom', 'POINT', 4326, 0, 0),
    ('area', 'geom', 'MULTIPOLYGON', 4326, 0, 0);
