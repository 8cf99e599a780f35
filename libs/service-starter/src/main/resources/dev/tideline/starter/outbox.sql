-- Outbox of lifecycle events; belongs in the first migration of every service that has a database.
CREATE TABLE outbox (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic   text        NOT NULL,
    key     text        NOT NULL,
    headers text        NOT NULL,
    payload bytea       NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);
