CREATE TABLE model (
    name            text PRIMARY KEY,
    definition      jsonb       NOT NULL,
    definition_hash text        NOT NULL,
    next_version    bigint      NOT NULL DEFAULT 1,
    created_at      timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL
);

-- Jobs keep the definition they were asked with: a later change of the model must not change a running job.
CREATE TABLE job (
    id                  text PRIMARY KEY,
    model               text        NOT NULL,
    request_id          text UNIQUE,
    trigger             text        NOT NULL,
    reason              text        NOT NULL,
    data_window         jsonb       NOT NULL,
    definition          jsonb,
    definition_hash     text,
    state               text        NOT NULL,
    message             text,
    priority            int         NOT NULL DEFAULT 0,
    attempt             int         NOT NULL DEFAULT 0,
    owner               text,
    lease_until         timestamptz,
    cancel_requested    boolean     NOT NULL DEFAULT false,
    version             bigint,
    dataset_version     bigint,
    epoch               int         NOT NULL DEFAULT 0,
    epochs              int         NOT NULL DEFAULT 0,
    step                bigint      NOT NULL DEFAULT 0,
    total_steps         bigint      NOT NULL DEFAULT 0,
    examples_per_second double precision NOT NULL DEFAULT 0,
    eta_seconds         double precision NOT NULL DEFAULT 0,
    metrics             jsonb       NOT NULL DEFAULT '{}',
    created_at          timestamptz NOT NULL,
    started_at          timestamptz,
    finished_at         timestamptz
);

-- At most one job of a model at a time; also what the queue is polled by.
CREATE UNIQUE INDEX job_one_active_per_model ON job (model)
    WHERE state IN ('QUEUED', 'PREPARING', 'TRAINING', 'EVALUATING', 'PUBLISHING');
CREATE INDEX job_by_model ON job (model, created_at DESC);

CREATE TABLE model_version (
    model           text        NOT NULL,
    version         bigint      NOT NULL,
    job             text        NOT NULL,
    parent          bigint,
    dataset         text        NOT NULL,
    dataset_version bigint      NOT NULL,
    definition_hash text        NOT NULL,
    path            text        NOT NULL,
    metrics         jsonb       NOT NULL,
    champion_metrics jsonb,
    promoted        boolean     NOT NULL,
    reason          text        NOT NULL,
    created_at      timestamptz NOT NULL,
    PRIMARY KEY (model, version)
);

CREATE TABLE alias (
    model   text   NOT NULL,
    name    text   NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (model, name)
);

-- What was done to a model's versions, by what, and when. Rolling back looks here for the champion before the present one.
CREATE TABLE history (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model    text        NOT NULL,
    version  bigint      NOT NULL,
    change   text        NOT NULL,
    previous bigint,
    reason   text        NOT NULL,
    at       timestamptz NOT NULL
);
CREATE INDEX history_by_model ON history (model, id);

-- Events wait here until the relay has them in Kafka.
CREATE TABLE outbox (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic   text        NOT NULL,
    key     text        NOT NULL,
    headers text        NOT NULL,
    payload bytea       NOT NULL,
    created timestamptz NOT NULL DEFAULT now()
);
