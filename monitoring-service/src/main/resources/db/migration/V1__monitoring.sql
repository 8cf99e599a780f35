-- Outbox of lifecycle events, as the service starter documents it.
CREATE TABLE outbox (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic   text        NOT NULL,
    key     text        NOT NULL,
    headers text        NOT NULL,
    payload bytea       NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);

-- One row per closed window of predictions, with its verdict.
CREATE TABLE prediction_window (
    model     text        NOT NULL,
    version   bigint      NOT NULL,
    sequence  bigint      NOT NULL,
    started   timestamptz NOT NULL,
    ended     timestamptz NOT NULL,
    rows      bigint      NOT NULL,
    closed_by text        NOT NULL,
    status    text        NOT NULL,
    reason    text        NOT NULL,
    features  jsonb       NOT NULL,
    profiles  bytea       NOT NULL,
    judged    timestamptz NOT NULL,
    PRIMARY KEY (model, version, sequence)
);
CREATE INDEX prediction_window_judged ON prediction_window (model, judged DESC);

-- Totals per version; they only grow.
CREATE TABLE label_count (
    model      text        NOT NULL,
    version    bigint      NOT NULL,
    labels     bigint      NOT NULL,
    judged     bigint      NOT NULL,
    right_ones bigint      NOT NULL,
    archived   bigint      NOT NULL,
    updated    timestamptz NOT NULL,
    PRIMARY KEY (model, version)
);

-- One row per full window of labels.
CREATE TABLE accuracy_window (
    model      text        NOT NULL,
    version    bigint      NOT NULL,
    sequence   bigint      NOT NULL,
    started    timestamptz NOT NULL,
    ended      timestamptz NOT NULL,
    labels     bigint      NOT NULL,
    right_ones bigint      NOT NULL,
    PRIMARY KEY (model, version, sequence)
);

-- Where the loop of each model stands.
CREATE TABLE model_loop (
    model   text PRIMARY KEY,
    state   jsonb       NOT NULL,
    updated timestamptz NOT NULL
);

-- Every move of a loop, with its evidence.
CREATE TABLE transition (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model      text        NOT NULL,
    at         timestamptz NOT NULL,
    from_phase text        NOT NULL,
    to_phase   text        NOT NULL,
    reason     text        NOT NULL,
    evidence   jsonb       NOT NULL
);
CREATE INDEX transition_model ON transition (model, id DESC);

CREATE TABLE retraining_policy (
    model   text PRIMARY KEY,
    policy  jsonb       NOT NULL,
    updated timestamptz NOT NULL
);

-- Events that were taken, so that a second delivery changes nothing.
CREATE TABLE handled_event (
    id text PRIMARY KEY,
    at timestamptz NOT NULL
);
CREATE INDEX handled_event_at ON handled_event (at);

-- What happened to each model.
CREATE TABLE timeline (
    event   text PRIMARY KEY,
    model   text        NOT NULL,
    at      timestamptz NOT NULL,
    kind    text        NOT NULL,
    version bigint,
    summary text        NOT NULL
);
CREATE INDEX timeline_model ON timeline (model, at DESC);
