-- How late each location's feeds were against the interval it owes: another input of its reliability. `feeds` is the weight of all feeds that
-- were owed, those that never came among them; `feed_lateness` that of the intervals by which they were late, each counted as one at most.
ALTER TABLE location_reliability
    ADD COLUMN feeds                double precision NOT NULL DEFAULT 0,
    ADD COLUMN feed_lateness        double precision NOT NULL DEFAULT 0,
    ADD COLUMN total_feeds          bigint NOT NULL DEFAULT 0,
    ADD COLUMN total_late_feeds     bigint NOT NULL DEFAULT 0,
    ADD COLUMN total_missed_feeds   bigint NOT NULL DEFAULT 0;

-- Intervals missed since the last feed that are counted there.
ALTER TABLE location_freshness ADD COLUMN counted_missed bigint NOT NULL DEFAULT 0;

-- The most units that were ever announced of a delivery: what is no longer to come of them has come in.
ALTER TABLE stock_expected ADD COLUMN announced bigint NOT NULL DEFAULT 0 CHECK (announced >= 0);
UPDATE stock_expected SET announced = quantity;
