-- Why orders were routed as they were: written with each decision where routing rules are in force, and never changed.
CREATE TABLE sourcing_decision (
    order_key    bigint NOT NULL,
    -- number of the order's first event that tells of the decision
    sequence     integer NOT NULL,
    -- decided by the shadow rules, and never acted on
    shadow       boolean NOT NULL,
    -- version of the network whose rules decided
    network      bigint NOT NULL,
    decided_at   timestamptz NOT NULL,
    parcels      integer NOT NULL,
    -- minor units of the order's currency
    cost         bigint NOT NULL,
    held         boolean NOT NULL,
    waits        boolean NOT NULL,
    cancels      boolean NOT NULL,
    -- of a shadow decision: it ships, holds, cancels or keeps waiting something else than the rules in force do
    differs      boolean NOT NULL,
    -- JSON: the record of the search, and what became of the units
    content      text NOT NULL,
    PRIMARY KEY (order_key, sequence, shadow)
);
-- What compares the shadow rules with those in force.
CREATE INDEX sourcing_decision_shadow ON sourcing_decision (network) WHERE shadow;
