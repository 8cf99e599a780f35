-- Whether a candidate that passes the gate waits for a person.
ALTER TABLE job ADD COLUMN hold boolean NOT NULL DEFAULT false;
CREATE INDEX job_held ON job (model) WHERE state = 'HELD';
