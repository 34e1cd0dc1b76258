-- Virtual stock: one row per SKU and location. Rows are locked by (sku, location) in ascending order, everywhere.

CREATE TABLE stock (
    sku               bigint NOT NULL,
    location          integer NOT NULL,
    on_hand           bigint NOT NULL,
    reserved          bigint NOT NULL DEFAULT 0 CHECK (reserved >= 0),
    -- the last count, the moment it is of, and the feed it came with; counted_at NULL: never counted
    counted           bigint NOT NULL DEFAULT 0,
    counted_at        timestamptz,
    counted_sequence  bigint,
    PRIMARY KEY (sku, location)
) WITH (fillfactor = 60);
CREATE INDEX stock_by_location ON stock (location, sku);

-- What moved between counts: dispatches and adjustments. on_hand = counted + Σ delta with occurred_at >= counted_at.
CREATE TABLE stock_movement (
    key          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku          bigint NOT NULL,
    location     integer NOT NULL,
    delta        bigint NOT NULL,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    -- 1 dispatch, 2 adjustment, 3 till sale
    kind         smallint NOT NULL,
    reference    text NOT NULL
);
-- A feed asks for all that moved at its location since it was counted: a short range at the end.
CREATE INDEX stock_movement_since ON stock_movement (location, occurred_at) INCLUDE (sku, delta);

CREATE TABLE stock_adjustment (
    location  integer NOT NULL,
    id        text COLLATE "C" NOT NULL,
    digest    bytea NOT NULL,
    reason    text NOT NULL,
    PRIMARY KEY (location, id)
);

-- The newest feed of each location; older ones are stale.
CREATE TABLE feed (
    location      integer PRIMARY KEY,
    sequence      bigint NOT NULL,
    parts         integer NOT NULL,
    is_full       boolean NOT NULL,
    observed_at   timestamptz NOT NULL,
    received_at   timestamptz NOT NULL,
    completed_at  timestamptz,
    stale         bigint NOT NULL DEFAULT 0,
    abandoned     bigint NOT NULL DEFAULT 0
);

CREATE TABLE feed_part (
    location  integer NOT NULL,
    sequence  bigint NOT NULL,
    part      integer NOT NULL,
    digest    bytea NOT NULL,
    PRIMARY KEY (location, sequence, part)
);

-- What storefronts were last told of a SKU.
CREATE TABLE stock_told (
    sku        bigint PRIMARY KEY,
    digest     bytea NOT NULL,
    version    bigint NOT NULL,
    told_at    timestamptz NOT NULL
) WITH (fillfactor = 70);
