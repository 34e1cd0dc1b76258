-- Parcels to be: what a location is asked to ship. Open quantities are the reservations on stock.

CREATE SEQUENCE fulfillment_key;

CREATE TABLE fulfillment (
    key         bigint PRIMARY KEY,
    order_key   bigint NOT NULL,
    location    integer NOT NULL,
    status      smallint NOT NULL,
    created_at  timestamptz NOT NULL,
    accepted_at timestamptz
) WITH (fillfactor = 80);
CREATE INDEX fulfillment_by_order ON fulfillment (order_key);

-- `shipped` is all that left, `unexpected` what of it had been cancelled before.
-- quantity = open (reserved at the location) + (shipped - unexpected) + cancelled
CREATE TABLE fulfillment_line (
    fulfillment_key  bigint NOT NULL,
    line             integer NOT NULL,
    sku              bigint NOT NULL,
    quantity         bigint NOT NULL CHECK (quantity > 0),
    shipped          bigint NOT NULL DEFAULT 0,
    cancelled        bigint NOT NULL DEFAULT 0,
    unexpected       bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (fulfillment_key, line),
    CHECK (unexpected >= 0 AND shipped >= unexpected AND cancelled >= unexpected AND shipped - unexpected + cancelled <= quantity)
) WITH (fillfactor = 80);

CREATE TABLE fulfillment_rejection (
    fulfillment_key  bigint NOT NULL,
    id               text COLLATE "C" NOT NULL,
    digest           bytea NOT NULL,
    order_key        bigint NOT NULL,
    location         integer NOT NULL,
    reason           text NOT NULL,
    occurred_at      timestamptz NOT NULL,
    PRIMARY KEY (fulfillment_key, id)
);
CREATE INDEX fulfillment_rejection_by_order ON fulfillment_rejection (order_key);

CREATE SEQUENCE shipment_key;

CREATE TABLE shipment (
    key              bigint PRIMARY KEY,
    fulfillment_key  bigint NOT NULL,
    id               text COLLATE "C" NOT NULL,
    order_key        bigint NOT NULL,
    carrier          text NOT NULL,
    tracking_number  text NOT NULL,
    tracking_url     text,
    occurred_at      timestamptz NOT NULL,
    recorded_at      timestamptz NOT NULL,
    digest           bytea NOT NULL,
    UNIQUE (fulfillment_key, id)
);
CREATE INDEX shipment_by_order ON shipment (order_key);

-- `unexpected`: units that left although they had been cancelled; they are on no invoice.
CREATE TABLE shipment_line (
    shipment_key  bigint NOT NULL,
    line          integer NOT NULL,
    quantity      bigint NOT NULL,
    unexpected    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (shipment_key, line)
);

-- What the carrier reported afterwards. kind: 1 delivered, 2 failed
CREATE TABLE shipment_report (
    shipment_key  bigint NOT NULL,
    kind          smallint NOT NULL,
    occurred_at   timestamptz NOT NULL,
    digest        bytea NOT NULL,
    reason        text,
    PRIMARY KEY (shipment_key, kind, occurred_at)
);
