-- Why the gate decided as it did, rule by rule; null for versions from before this column.
ALTER TABLE model_version ADD COLUMN verdict jsonb;

-- Who changed what about a model's versions, when and why. Only ever added to.
CREATE TABLE audit (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model    text        NOT NULL,
    version  bigint      NOT NULL,
    action   text        NOT NULL,
    alias    text,
    previous bigint,
    actor    text        NOT NULL,
    reason   text        NOT NULL,
    at       timestamptz NOT NULL
);
CREATE INDEX audit_by_model ON audit (model, id);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: % (expected: INSERT only)', TG_TABLE_NAME, TG_OP;
END $$;
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Versions whose row is gone and whose files are to go; survives a crash in between.
CREATE TABLE doomed_version (
    model   text   NOT NULL,
    version bigint NOT NULL,
    PRIMARY KEY (model, version)
);
