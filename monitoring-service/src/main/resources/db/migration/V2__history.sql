-- What is written here stays: an auditor reads these tables, and nothing of the service changes or removes a row.
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % (expected: rows are only added)', TG_TABLE_NAME, TG_OP;
END $$;

-- What training-service decided about the versions of a model.
CREATE TABLE version_change (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event    text        NOT NULL UNIQUE,
    model    text        NOT NULL,
    at       timestamptz NOT NULL,
    version  bigint      NOT NULL,
    change   text        NOT NULL,
    champion bigint,
    reason   text        NOT NULL,
    recorded timestamptz NOT NULL
);
CREATE INDEX version_change_model ON version_change (model, at);
CREATE TRIGGER version_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON version_change EXECUTE FUNCTION refuse_change();

-- What became of a version on each inference instance.
CREATE TABLE instance_change (
    sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event    text        NOT NULL UNIQUE,
    model    text        NOT NULL,
    at       timestamptz NOT NULL,
    version  bigint      NOT NULL,
    instance text        NOT NULL,
    state    text        NOT NULL,
    message  text,
    recorded timestamptz NOT NULL
);
CREATE INDEX instance_change_model ON instance_change (model, at);
CREATE TRIGGER instance_change_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON instance_change EXECUTE FUNCTION refuse_change();

-- Who asked for a training, with what figures.
CREATE TABLE training_request (
    id          text PRIMARY KEY,
    model       text        NOT NULL,
    at          timestamptz NOT NULL,
    trigger     text        NOT NULL,
    reason      text        NOT NULL,
    evidence    jsonb       NOT NULL,
    data_window jsonb       NOT NULL
);

-- Which request a training job answers; null for a job that was started over HTTP.
CREATE TABLE training_job (
    job     text PRIMARY KEY,
    model   text        NOT NULL,
    request text,
    at      timestamptz NOT NULL
);

-- Where a model version comes from, as its manifest said; outlives the version's files.
CREATE TABLE version_origin (
    model   text   NOT NULL,
    version bigint NOT NULL,
    origin  jsonb  NOT NULL,
    PRIMARY KEY (model, version)
);

-- The whole story of a model: what the others did, and the moves of its loop.
CREATE VIEW story AS
    SELECT event, model, at, kind, version, summary FROM timeline
    UNION ALL
    SELECT 'transition-' || id, model, at, 'LOOP_' || to_phase, NULL, from_phase || ' -> ' || to_phase || ': ' || reason FROM transition;
