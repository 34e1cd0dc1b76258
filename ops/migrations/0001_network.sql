-- Who sells, through which channels, from where; and the things others name by text, given short keys.
-- Keys that others give are compared byte by byte, hence COLLATE "C" on every one of them.

CREATE TABLE seller (
    id              text COLLATE "C" PRIMARY KEY,
    invoice_prefix  text COLLATE "C" NOT NULL UNIQUE,
    definition      text NOT NULL
);

CREATE TABLE channel (
    key         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          text COLLATE "C" NOT NULL UNIQUE,
    seller      text COLLATE "C" NOT NULL REFERENCES seller,
    definition  text NOT NULL
);

CREATE TABLE supplier (
    id          text COLLATE "C" PRIMARY KEY,
    definition  text NOT NULL
);

CREATE TABLE location (
    key         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          text COLLATE "C" NOT NULL UNIQUE,
    definition  text NOT NULL,
    -- of the location.defined that stands; NULL for one that only the network file defined
    updated_at  timestamptz
);

-- Every `oms network apply` as it was given. The newest version is what workers compare their copy with.
CREATE TABLE network_version (
    version     bigint PRIMARY KEY,
    applied_at  timestamptz NOT NULL DEFAULT now(),
    content     text
);
INSERT INTO network_version (version) VALUES (0);

CREATE TABLE sku (
    key  bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id   text COLLATE "C" NOT NULL UNIQUE
);
