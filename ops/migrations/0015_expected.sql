-- Goods that are on their way, and what those who wait for them are promised.

-- The newest word on each delivery: a purchase order's line at one location. quantity: what is still to come, 0: nothing any more.
CREATE TABLE stock_expected (
    location     integer NOT NULL,
    reference    text COLLATE "C" NOT NULL,
    sku          bigint NOT NULL,
    quantity     bigint NOT NULL CHECK (quantity >= 0),
    expected_at  timestamptz NOT NULL,
    updated_at   timestamptz NOT NULL,
    -- when a count observed after expected_at said what is there now: from then on the delivery promises nothing
    closed_at    timestamptz,
    PRIMARY KEY (location, reference, sku)
);
-- Only what still promises something is looked at: closed deliveries cost nothing.
CREATE INDEX stock_expected_open ON stock_expected (sku, expected_at) WHERE quantity > 0 AND closed_at IS NULL;
CREATE INDEX stock_expected_due ON stock_expected (location, expected_at) INCLUDE (sku) WHERE quantity > 0 AND closed_at IS NULL;

-- promised_at: when the goods are expected; NULL: no date is known, or they are there and wait for the rest of their order.
-- preorder: sold without stock, within the limit of its SKU.
ALTER TABLE waiting_line ADD COLUMN promised_at timestamptz, ADD COLUMN preorder boolean NOT NULL DEFAULT false;
-- As many rows as the limits have units, at most.
CREATE INDEX waiting_line_preorder ON waiting_line (sku) INCLUDE (quantity) WHERE preorder;
