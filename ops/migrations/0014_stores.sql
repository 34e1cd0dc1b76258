-- Stores: goods handed over at a till, and orders that customers collect.

-- Lines of a till sale: named by intake, carried out by sourcing. Only such orders have rows here.
CREATE TABLE till_line (
    order_key  bigint NOT NULL,
    line       integer NOT NULL,
    location   integer NOT NULL,
    PRIMARY KEY (order_key, line)
);

-- Click and collect: the store an order is brought to. Only such orders have a row here.
CREATE TABLE pickup (
    order_key   bigint PRIMARY KEY,
    location    integer NOT NULL,
    -- what lies ready is kept until then; NULL while nothing does
    keep_until  timestamptz
) WITH (fillfactor = 80);
CREATE INDEX pickup_due ON pickup (keep_until) WHERE keep_until IS NOT NULL;

-- What stores said of it, and what became of it. kind: 1 ready, 2 collected, 3 expired
CREATE TABLE pickup_report (
    order_key    bigint NOT NULL,
    kind         smallint NOT NULL,
    id           text COLLATE "C" NOT NULL,
    digest       bytea NOT NULL,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_key, kind, id)
);

-- A transfer is a parcel to a store, not to the customer: what it has shipped is still the order's, until it has passed it on to a parcel
-- of the store, which the customer collects.
ALTER TABLE fulfillment ADD COLUMN transfer_to integer;
-- since when a parcel of the store lies ready
ALTER TABLE fulfillment ADD COLUMN ready_at timestamptz;
-- of a transfer's shipped units, those that are no longer its own: they reached the store, or were cancelled on their way
ALTER TABLE fulfillment_line ADD COLUMN passed_on bigint NOT NULL DEFAULT 0
    CHECK (passed_on >= 0 AND passed_on <= shipped - unexpected);
-- when a transfer reached its store
ALTER TABLE shipment ADD COLUMN arrived_at timestamptz;

-- stock_movement.kind: 1 dispatch, 2 adjustment, 3 till sale, 4 transfer that reached its store, 5 collected by the customer
