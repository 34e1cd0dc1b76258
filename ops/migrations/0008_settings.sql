-- What the network file says beside sellers, channels, suppliers and locations: how locations work, and the rules of the house.

-- Kept apart from `definition`, which `location.defined` replaces.
ALTER TABLE location ADD COLUMN terms text NOT NULL DEFAULT '{}';

-- One row per list of the network file (`rules`, `calendars`, `safetyStock` …), as it was given last.
CREATE TABLE network_section (
    name        text COLLATE "C" PRIMARY KEY,
    definition  text NOT NULL,
    -- the network_version that brought it
    version     bigint NOT NULL
);
