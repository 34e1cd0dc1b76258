-- Rows that were counted together share the count, which says when that was and with which feed: where a feed tells nothing new of all
-- rows of a count, the count is of the newer feed, and no row is written. Counts are written under the lock of their location's feed, and
-- read under the lock of a row that is theirs: whoever makes a count newer holds all of its rows.
DO $$
DECLARE
    others bigint;
BEGIN
    -- Workers of before write the columns that go below, and would refuse feeds and dispatches without them.
    SELECT count(*) INTO others FROM pg_stat_activity
    WHERE datname = current_database() AND usename = 'oms_app' AND pid <> pg_backend_pid();
    IF others > 0 AND EXISTS (SELECT FROM stock) THEN
        RAISE EXCEPTION 'stop the workers first; open sessions of oms_app: %', others
            USING ERRCODE = 'object_in_use';
    END IF;
END
$$;

CREATE TABLE stock_count (
    key         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    location    integer NOT NULL,
    counted_at  timestamptz NOT NULL,
    -- of the feed; NULL: of one before the supplier started its numbers again
    sequence    bigint,
    -- rows of stock that are of this count; one without rows is deleted
    rows        bigint NOT NULL DEFAULT 0 CHECK (rows >= 0)
) WITH (fillfactor = 60);
CREATE INDEX stock_count_by_location ON stock_count (location);

-- NULL: never counted
ALTER TABLE stock ADD COLUMN count_key bigint;

INSERT INTO stock_count (location, counted_at, sequence, rows)
SELECT location, counted_at, counted_sequence, count(*) FROM stock WHERE counted_at IS NOT NULL
GROUP BY location, counted_at, counted_sequence;

UPDATE stock s SET count_key = c.key FROM stock_count c
WHERE c.location = s.location AND c.counted_at = s.counted_at AND c.sequence IS NOT DISTINCT FROM s.counted_sequence;

ALTER TABLE stock DROP COLUMN counted_at, DROP COLUMN counted_sequence;
