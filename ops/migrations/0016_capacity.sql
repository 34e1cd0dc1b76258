-- How many parcels locations have taken on, per day where they are. Only locations with a daily capacity have rows.

CREATE TABLE location_capacity (
    location  integer NOT NULL,
    day       date NOT NULL,
    -- parcels planned for the day of which nothing has left yet, and those of which something has
    held      bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
    used      bigint NOT NULL DEFAULT 0 CHECK (used >= 0),
    PRIMARY KEY (location, day)
) WITH (fillfactor = 70);

-- The day whose capacity the parcel takes; NULL: its location took any number when it was planned.
ALTER TABLE fulfillment ADD COLUMN capacity_day date;
