-- Windows and accuracy of slices stand beside those of all predictions, whose slice is empty. The start is part of the key so that a
-- version whose counting began anew loses no verdict.
ALTER TABLE prediction_window
    ADD COLUMN slice    text   NOT NULL DEFAULT '',
    ADD COLUMN late     bigint NOT NULL DEFAULT 0,
    ADD COLUMN judged_rows bigint NOT NULL DEFAULT 0,
    ADD COLUMN figures  jsonb  NOT NULL DEFAULT '{}',
    ADD COLUMN findings jsonb  NOT NULL DEFAULT '[]',
    DROP CONSTRAINT prediction_window_pkey,
    ADD PRIMARY KEY (model, version, slice, sequence, started);

ALTER TABLE accuracy_window
    ADD COLUMN slice   text  NOT NULL DEFAULT '',
    ADD COLUMN figures jsonb NOT NULL DEFAULT '{}',
    DROP CONSTRAINT accuracy_window_pkey,
    ADD PRIMARY KEY (model, version, slice, sequence, started);

-- How often a version was right when it was how sure.
CREATE TABLE calibration (
    model   text        NOT NULL,
    version bigint      NOT NULL,
    counts  jsonb       NOT NULL,
    updated timestamptz NOT NULL,
    PRIMARY KEY (model, version)
);

-- Baselines of versions that were trained elsewhere, from their first predictions.
CREATE TABLE learnt_baseline (
    model     text        NOT NULL,
    version   bigint      NOT NULL,
    rows      bigint      NOT NULL,
    started   timestamptz NOT NULL,
    ended     timestamptz NOT NULL,
    baselines jsonb       NOT NULL,
    learnt    timestamptz NOT NULL,
    PRIMARY KEY (model, version)
);
