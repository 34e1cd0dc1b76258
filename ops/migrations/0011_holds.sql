-- Living with the answer: stock that a location turned out not to have, orders held for an agent, what agents asked for, and how
-- far locations can be relied on.

-- Units on hand that are promised to nobody, because the location said it cannot ship such; all of them where it is more than there
-- can be. The next count that was taken at or after `withheld_at` clears it. On hand stays what counts and movements say.
ALTER TABLE stock ADD COLUMN withheld bigint NOT NULL DEFAULT 0 CHECK (withheld >= 0);
ALTER TABLE stock ADD COLUMN withheld_at timestamptz;

-- false: these units were reserved before, and the customer has not been told yet that they wait again.
ALTER TABLE waiting_line ADD COLUMN told boolean NOT NULL DEFAULT true;

-- Requests that nobody answered yet: what the time-out looks at, however long the history.
CREATE INDEX fulfillment_unanswered ON fulfillment (location, created_at) WHERE status = 1;

-- Orders that sourcing leaves alone until an agent, or the end of the hold's time, lets them go. Few.
CREATE TABLE order_hold (
    key          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    order_key    bigint NOT NULL,
    reason       text NOT NULL,
    since        timestamptz NOT NULL,
    -- NULL: until an agent lets it go
    until        timestamptz,
    -- what becomes of it then: 1 backorder, 2 cancel what waits
    outcome      smallint NOT NULL,
    ended_at     timestamptz,
    -- the order's youngest parcel when the hold ended: refusals of older ones do not count for the next hold
    last_parcel  bigint
);
CREATE UNIQUE INDEX order_hold_open ON order_hold (order_key) WHERE ended_at IS NULL;
CREATE INDEX order_hold_due ON order_hold (until) WHERE ended_at IS NULL;
CREATE INDEX order_hold_ended ON order_hold (order_key) WHERE ended_at IS NOT NULL;

-- What agents asked for, by their own ids. kind: 1 reroute, 2 release
CREATE TABLE agent_request (
    order_key    bigint NOT NULL,
    kind         smallint NOT NULL,
    id           text COLLATE "C" NOT NULL,
    digest       bytea NOT NULL,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (order_key, kind, id)
);

-- What became of each location's parcels: weights that halve with age, as of `updated_at`, and plain totals.
CREATE TABLE location_reliability (
    location               integer PRIMARY KEY,
    parcels                double precision NOT NULL DEFAULT 0,
    refused                double precision NOT NULL DEFAULT 0,
    short                  double precision NOT NULL DEFAULT 0,
    answered_late          double precision NOT NULL DEFAULT 0,
    dispatched_late        double precision NOT NULL DEFAULT 0,
    total_parcels          bigint NOT NULL DEFAULT 0,
    total_refused          bigint NOT NULL DEFAULT 0,
    total_short            bigint NOT NULL DEFAULT 0,
    total_answered_late    bigint NOT NULL DEFAULT 0,
    total_dispatched_late  bigint NOT NULL DEFAULT 0,
    updated_at             timestamptz NOT NULL
) WITH (fillfactor = 60);
