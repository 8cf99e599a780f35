-- What happened to a job, for those who follow it. Changes of state stay; of figures the newest are kept.
CREATE TABLE job_event (
    id   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    job  text        NOT NULL,
    kind text        NOT NULL,
    data text        NOT NULL,
    at   timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX job_event_by_job ON job_event (job, id);

-- A job for several workers: how many, whether fewer will do, and when to look for them again.
ALTER TABLE job ADD COLUMN workers int NOT NULL DEFAULT 1;
ALTER TABLE job ADD COLUMN elastic boolean NOT NULL DEFAULT false;
ALTER TABLE job ADD COLUMN not_before timestamptz;

-- The workers of one attempt. The instance that leased the job leads; others take seats. Its generation is the attempt.
CREATE TABLE gang (
    job        text PRIMARY KEY,
    generation int         NOT NULL,
    state      text        NOT NULL,
    address    text        NOT NULL,
    manifest   text        NOT NULL,
    until      timestamptz NOT NULL
);
-- One gang forms at a time: two that each hold half of the workers would wait for each other.
CREATE UNIQUE INDEX gang_one_forms ON gang ((true)) WHERE state = 'FORMING';
CREATE TABLE gang_seat (
    job        text        NOT NULL,
    generation int         NOT NULL,
    rank       int         NOT NULL,
    state      text        NOT NULL,
    owner      text,
    address    text,
    until      timestamptz,
    message    text,
    PRIMARY KEY (job, generation, rank)
);
