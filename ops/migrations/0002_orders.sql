-- Orders. The hot row is narrow, so that the five or so updates of an order's life stay on its page (HOT);
-- what the channel sent lies beside it and is never written again.
-- No foreign keys on the hot tables: their checks cost a look-up per row and statement. `oms audit` holds the same laws.

CREATE SEQUENCE order_key;

CREATE TABLE orders (
    key             bigint PRIMARY KEY,
    channel         integer NOT NULL,
    id              text COLLATE "C" NOT NULL,
    status          smallint NOT NULL,
    accept_partial  boolean NOT NULL,
    -- the number of the order's newest event; taken under this row's lock
    event_sequence  integer NOT NULL,
    total           bigint NOT NULL,
    -- where it ships to, degrees
    latitude        double precision,
    longitude       double precision,
    placed_at       timestamptz NOT NULL,
    accepted_at     timestamptz NOT NULL,
    -- of the known fields, to tell a repeat from a conflict
    digest          bytea NOT NULL,
    UNIQUE (channel, id)
) WITH (fillfactor = 75);

CREATE TABLE order_document (
    order_key  bigint PRIMARY KEY,
    document   bytea NOT NULL
);

CREATE TABLE order_line (
    order_key  bigint NOT NULL,
    -- the line's place in the document, from 0
    line       integer NOT NULL,
    sku        bigint NOT NULL,
    quantity   bigint NOT NULL,
    cancelled  bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (order_key, line)
) WITH (fillfactor = 90);

-- What an order still waits for. Only backordered orders have rows here; older is the smaller order key.
CREATE TABLE waiting_line (
    order_key  bigint NOT NULL,
    line       integer NOT NULL,
    sku        bigint NOT NULL,
    quantity   bigint NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (order_key, line)
);
CREATE INDEX waiting_line_by_sku ON waiting_line (sku, order_key);

-- The order's story: its events by number, without gaps. `reference` names the parcel, shipment, invoice … an event is about.
CREATE TABLE order_event (
    order_key  bigint NOT NULL,
    sequence   integer NOT NULL,
    type       smallint NOT NULL,
    at         timestamptz NOT NULL,
    reference  text,
    PRIMARY KEY (order_key, sequence)
);

CREATE TABLE cancellation (
    order_key    bigint NOT NULL,
    id           text COLLATE "C" NOT NULL,
    digest       bytea NOT NULL,
    reason       text,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_key, id)
);

CREATE TABLE payment (
    order_key   bigint NOT NULL,
    id          text COLLATE "C" NOT NULL,
    method      text NOT NULL,
    status      smallint NOT NULL,
    amount      bigint NOT NULL,
    captured    bigint NOT NULL DEFAULT 0,
    refunded    bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (order_key, id)
);

CREATE TABLE payment_transaction (
    channel         integer NOT NULL,
    payment         text COLLATE "C" NOT NULL,
    id              text COLLATE "C" NOT NULL,
    type            smallint NOT NULL,
    order_key       bigint NOT NULL,
    digest          bytea NOT NULL,
    amount          bigint NOT NULL,
    occurred_at     timestamptz NOT NULL,
    PRIMARY KEY (channel, payment, id, type)
);
