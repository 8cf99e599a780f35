package dev.tideline.ingest.dataset;

/** Tells how many records of a dataset are in committed files. */
public interface RecordCounts {

    /**
     * @param committed records in committed files
     * @param rejected  records that went to the reject topic instead
     */
    record Counts(long committed, long rejected) {}

    Counts of(String dataset);
}
