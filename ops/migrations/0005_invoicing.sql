-- Invoices: one gapless series per prefix, the number taken under the counter's lock in the issuing transaction.

CREATE TABLE invoice_series (
    prefix  text COLLATE "C" PRIMARY KEY,
    last    bigint NOT NULL
);

CREATE TABLE invoice (
    prefix        text COLLATE "C" NOT NULL,
    number        bigint NOT NULL,
    order_key     bigint NOT NULL,
    shipment_key  bigint NOT NULL UNIQUE,
    issued_at     timestamptz NOT NULL,
    net           bigint NOT NULL,
    tax           bigint NOT NULL,
    total         bigint NOT NULL,
    -- the whole invoice as data: parties, lines, taxes, totals
    data          bytea NOT NULL,
    PRIMARY KEY (prefix, number)
);
CREATE INDEX invoice_by_order ON invoice (order_key);

-- Rendered once, the same bytes for ever. kind: 1 UBL XML, 2 PDF
CREATE TABLE invoice_document (
    prefix   text COLLATE "C" NOT NULL,
    number   bigint NOT NULL,
    kind     smallint NOT NULL,
    digest   bytea NOT NULL,
    content  bytea NOT NULL,
    PRIMARY KEY (prefix, number, kind)
);
