-- What quality management keeps from being sold, and what becomes of locations whose feeds are late.

-- Units of the open blocks in stock_block. They may be more than is on hand: a shortfall.
ALTER TABLE stock ADD COLUMN blocked bigint NOT NULL DEFAULT 0 CHECK (blocked >= 0);

-- What can be sold of a row: without what is promised, blocked, kept back for safety, and kept back because the location's feed is late
-- (a share of what is on hand, rounded up). `NetworkSnapshot.sellable` says the same.
CREATE FUNCTION sellable(on_hand bigint, reserved bigint, blocked bigint, kept bigint, percent bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT greatest(on_hand - reserved - blocked - kept
                    - greatest(on_hand, 0) / 100 * percent - (greatest(on_hand, 0) % 100 * percent + 99) / 100, 0)
$$;

CREATE TABLE stock_block (
    location        integer NOT NULL,
    id              text COLLATE "C" NOT NULL,
    digest          bytea NOT NULL,
    sku             bigint NOT NULL,
    quantity        bigint NOT NULL CHECK (quantity > 0),
    reason          text NOT NULL,
    occurred_at     timestamptz NOT NULL,
    recorded_at     timestamptz NOT NULL DEFAULT now(),
    -- NULL while it is open
    released_at     timestamptz,
    release_digest  bytea,
    PRIMARY KEY (location, id)
);

-- Changes of stock that move no goods. stock.blocked = Σ delta.
CREATE TABLE stock_change (
    key          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    sku          bigint NOT NULL,
    location     integer NOT NULL,
    -- units that became blocked (positive) or free again (negative)
    delta        bigint NOT NULL,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    -- 1 blocked, 2 released
    kind         smallint NOT NULL,
    reference    text NOT NULL
);

-- Who loses units when they are blocked: the open parcels of a location, youngest orders first.
CREATE INDEX fulfillment_open ON fulfillment (location, order_key) WHERE status IN (1, 2, 3);

-- How a location keeps to the feed interval it owes.
CREATE TABLE location_freshness (
    location    integer PRIMARY KEY,
    -- when its last feed was complete, by the database's clock; NULL: it never had one, and is not late
    fed_at      timestamptz,
    -- intervals missed since, and whether it is out of sourcing until the next feed
    missed      bigint NOT NULL DEFAULT 0,
    is_dropped  boolean NOT NULL DEFAULT false,
    -- since when it is so
    since       timestamptz NOT NULL DEFAULT now(),
    -- the number of its newest event
    step        bigint NOT NULL DEFAULT 0,
    feeds       bigint NOT NULL DEFAULT 0,
    late_feeds  bigint NOT NULL DEFAULT 0,
    -- intervals by which feeds were overdue, exponentially weighted: 0 is always in time
    lateness    double precision NOT NULL DEFAULT 0,
    -- numbers left out, feeds behind a newer one, counts that jumped
    gaps        bigint NOT NULL DEFAULT 0,
    repeats     bigint NOT NULL DEFAULT 0,
    jumps       bigint NOT NULL DEFAULT 0
);
INSERT INTO location_freshness (location, fed_at) SELECT location, completed_at FROM feed;

-- Implausible counts of the feed that comes in.
ALTER TABLE feed ADD COLUMN jumps bigint NOT NULL DEFAULT 0;

-- The network version whose rules about what is kept back were told to storefronts and waiting orders.
CREATE TABLE stock_policy_told (
    is_only  boolean PRIMARY KEY DEFAULT true CHECK (is_only),
    version  bigint NOT NULL
);
INSERT INTO stock_policy_told (version) SELECT coalesce(max(version), 0) FROM network_section;
