package dev.tideline.ingest.version;

/** What asked for a dataset version. */
public enum Trigger {

    /** Somebody over HTTP. */
    REQUEST,
    /** Enough new records. */
    COUNT,
    /** The dataset's schedule. */
    SCHEDULE,
    /** training-service, for a job. */
    TRAINING
}
