package dev.tideline.ingest.shard;

import java.time.Duration;

/** Decides when an open shard is closed and committed. */
record RollPolicy(long maxBytes, long maxRecords, Duration maxAge) {

    enum Decision {
        KEEP, BYTES, RECORDS, AGE, FLUSH,
        /** The dataset got a newer schema; not decided here. */
        SCHEMA
    }

    /**
     * @param bytes    written so far
     * @param consumed records taken from the topic since the last commit, written or rejected
     * @param age      since the first of them
     * @param flush    whether somebody waits for the records taken so far
     */
    Decision decide(long bytes, long consumed, Duration age, boolean flush) {
        if (consumed == 0) {
            return Decision.KEEP;
        }
        if (bytes >= maxBytes) {
            return Decision.BYTES;
        }
        if (consumed >= maxRecords) {
            return Decision.RECORDS;
        }
        if (age.compareTo(maxAge) >= 0) {
            return Decision.AGE;
        }
        return flush ? Decision.FLUSH : Decision.KEEP;
    }
}
