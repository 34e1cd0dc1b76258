-- What storefronts were told last, to tell once that a SKU is back in stock or running low; and what moved lately, for reports.

-- NULL: told before this was remembered.
ALTER TABLE stock_told
    ADD COLUMN available bigint,
    ADD COLUMN is_low boolean NOT NULL DEFAULT false;

-- Rows are written in the order of time, and no movement is of the future: a block range that was full before the window asked for
-- holds nothing of it. So a report reads the window and never the history, and a dispatch pays next to nothing for it, unlike for a
-- B-tree or a daily sum.
CREATE INDEX stock_movement_lately ON stock_movement USING brin (occurred_at) WITH (pages_per_range = 32, autosummarize = on);
CREATE INDEX fulfillment_lately ON fulfillment USING brin (created_at) WITH (pages_per_range = 32, autosummarize = on);
