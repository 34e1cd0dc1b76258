-- What is owed to the broker, what was refused, and which mails went out.

-- One row per transaction with all its messages; deleted once every one is confirmed.
-- Stored uncompressed: the row lives for milliseconds.
CREATE TABLE outbox (
    key         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    created_at  timestamptz NOT NULL DEFAULT now(),
    -- when a relay last took it: no two relays send the same row at once
    claimed_at  timestamptz NOT NULL DEFAULT now(),
    messages    integer NOT NULL,
    payload     bytea NOT NULL
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
ALTER TABLE outbox ALTER COLUMN payload SET STORAGE EXTERNAL;

-- The dead-letter desk. status: 1 open, 2 retried, 3 dropped
CREATE TABLE dead_letter (
    key          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    received_at  timestamptz NOT NULL,
    queue        text NOT NULL,
    type         text NOT NULL,
    code         text NOT NULL,
    path         text,
    message      text NOT NULL,
    message_id   text,
    channel      text,
    order_id     text,
    headers      text NOT NULL,
    body         bytea NOT NULL,
    status       smallint NOT NULL DEFAULT 1,
    settled_at   timestamptz
);
CREATE INDEX dead_letter_open ON dead_letter (key) WHERE status = 1;

CREATE TABLE email (
    order_key       bigint NOT NULL,
    template        smallint NOT NULL,
    -- the shipment, invoice or event a mail is about; empty where the template alone says it
    reference       text COLLATE "C" NOT NULL,
    message_id      text NOT NULL,
    recipient_hash  bytea NOT NULL,
    sent_at         timestamptz NOT NULL,
    PRIMARY KEY (order_key, template, reference)
);
