-- Where postal codes lie, from `oms geo import`: for addresses that come without coordinates.
CREATE TABLE postal_code (
    -- ISO 3166-1 alpha-2
    country    text COLLATE "C" NOT NULL,
    -- capitals and digits alone
    code       text COLLATE "C" NOT NULL,
    -- WGS 84, degrees
    latitude   double precision NOT NULL,
    longitude  double precision NOT NULL,
    PRIMARY KEY (country, code)
);
