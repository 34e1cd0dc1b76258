-- The last word that customers were given on when their goods arrive, and which of it got worse and is not mailed yet.

-- untold_since: since when units that had been reserved wait again and their customer has not been told; NULL: told.
-- told_day: the last day that was told of the line's goods: of what waits, the day they are with the customer; of what is untold, the
-- last day of the parcel it was in. NULL: none was told.
-- in_stock: that they lie there, and wait for the rest of their order, was told instead.
-- promised_from: the location that what was promised for promised_at comes to; NULL: not known.
ALTER TABLE waiting_line
    ADD COLUMN untold_since timestamptz,
    ADD COLUMN told_day date,
    ADD COLUMN in_stock boolean NOT NULL DEFAULT false,
    ADD COLUMN promised_from integer,
    ADD CONSTRAINT waiting_line_word CHECK (NOT (in_stock AND (told_day IS NOT NULL OR promised_at IS NOT NULL)));
UPDATE waiting_line w SET
    untold_since = CASE WHEN told THEN NULL ELSE now() END,
    told_day = CASE
        WHEN told THEN (promised_at AT TIME ZONE 'UTC')::date
        ELSE (SELECT max(f.deliver_to) FROM fulfillment f JOIN fulfillment_line l ON l.fulfillment_key = f.key
              WHERE f.order_key = w.order_key AND l.line = w.line AND l.cancelled > 0) END
WHERE NOT told OR promised_at IS NOT NULL;
-- For workers of before, which go on until they are replaced; nobody else looks at it.
ALTER TABLE waiting_line ALTER COLUMN told SET DEFAULT true;
-- Whom it concerns when goods that came, or lay there, are gone. Those who were told nothing have no rows in it.
CREATE INDEX waiting_line_word ON waiting_line (sku) WHERE in_stock OR told_day IS NOT NULL;

-- Lines of which a later day was told than before, or none any more: what the mail about it has to compare with. Only such lines have rows.
CREATE TABLE delivery_delay (
    order_key   bigint NOT NULL,
    line        integer NOT NULL,
    -- the last day that the customer knew before it got worse; NULL: the goods lay there
    known       date,
    -- told of units that wait; else of units in new parcels
    waits       boolean NOT NULL,
    -- when it was told first, and the number of the newest event that tells of it
    since       timestamptz NOT NULL,
    sequence    integer NOT NULL,
    -- when it was mailed, or became needless: told otherwise, or no longer so; NULL: the mail is still to go out
    settled_at  timestamptz,
    PRIMARY KEY (order_key, line)
);
