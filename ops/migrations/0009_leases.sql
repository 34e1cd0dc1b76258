-- Units kept for somebody over all locations: baskets' leases, and what only one channel may sell.

-- A basket's lease. Gone once it is used up, released or expired, so that nothing here grows with history.
-- It counts while it is pinned to an order, or its time, by this database's clock, has not come: no sweeper's punctuality matters.
CREATE TABLE lease (
    key         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    channel     integer NOT NULL,
    basket      text COLLATE "C" NOT NULL,
    granted_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    -- the order that was placed with the basket; it keeps the lease until sourcing decides for it
    order_key   bigint,
    -- the number of the lease's newest event
    sequence    integer NOT NULL,
    UNIQUE (channel, basket)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE UNIQUE INDEX lease_by_order ON lease (order_key) WHERE order_key IS NOT NULL;
CREATE INDEX lease_by_expiry ON lease (expires_at) WHERE order_key IS NULL;

CREATE TABLE lease_line (
    lease  bigint NOT NULL,
    sku    bigint NOT NULL,
    units  bigint NOT NULL CHECK (units > 0),
    PRIMARY KEY (lease, sku)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);
CREATE INDEX lease_line_by_sku ON lease_line (sku) INCLUDE (lease, units);

-- The network's allotments by their place in the list: which fulfillments count as sold under each of them.
CREATE TABLE allotment_start (
    place   integer PRIMARY KEY,
    -- NULL: every SKU
    sku     bigint,
    -- fulfillments with larger keys count; keys are taken under the locks of stock, so this needs no clock
    after   bigint NOT NULL,
    -- its `until` has passed, and waiting orders were told
    ended   boolean NOT NULL DEFAULT false
);

-- What channels have reserved or shipped since an allotment started, for the SKUs it is about.
CREATE TABLE allotment_use (
    sku      bigint NOT NULL,
    place    integer NOT NULL,
    channel  integer NOT NULL,
    units    bigint NOT NULL,
    PRIMARY KEY (sku, place, channel)
) WITH (fillfactor = 70);
