-- Decisions of every order, also where no rules are in force, with what the order found: enough to decide it again under other rules.
ALTER TABLE sourcing_decision
    -- bytes of `DecisionContent`; those that begin with a brace are the JSON of decisions made before
    ALTER COLUMN content TYPE bytea USING convert_to(content, 'UTF8'),
    -- bytes of `RoutingSight`: stock, capacity, freshness and reliability as the order found them; of live decisions alone
    ADD COLUMN sight bytea;

-- What is rehearsed, and what is cleared away, is asked for by time. Most entries of a batch are equal, and kept as one.
CREATE INDEX sourcing_decision_by_time ON sourcing_decision (decided_at);
