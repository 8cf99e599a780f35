-- Where each prediction lies in Kafka; its content stays there. One partition per day, so that forgetting a day costs nothing.
CREATE TABLE prediction (
    id                 text        NOT NULL,
    day                date        NOT NULL,
    at                 timestamptz NOT NULL,
    model              text        NOT NULL,
    version            bigint      NOT NULL,
    signature          text,
    schema_fingerprint text,
    kafka_partition    int         NOT NULL,
    kafka_offset       bigint      NOT NULL,
    PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);

-- The first label of each prediction, as it came.
CREATE TABLE reported_outcome (
    id       text        NOT NULL,
    day      date        NOT NULL,
    at       timestamptz NOT NULL,
    label    text        NOT NULL,
    PRIMARY KEY (id, day)
) PARTITION BY RANGE (day);

-- The days that have partitions, and how much is in them.
CREATE TABLE recorded_day (
    day  date PRIMARY KEY,
    rows bigint NOT NULL
);

-- What may go from the prediction log back to the dataset, and what may be shown of it.
CREATE TABLE archive_rule (
    model   text PRIMARY KEY,
    rule    jsonb       NOT NULL,
    secret  bytea       NOT NULL,
    updated timestamptz NOT NULL
);
