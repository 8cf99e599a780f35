package dev.tideline.contracts;

import java.time.Instant;

/**
 * A dataset version was sealed or retired.
 *
 * @param records  number of records in all splits
 * @param manifest path of the version's manifest.json, relative to the storage root
 */
public record DatasetVersionEvent(
        String id, Instant time, Status status, String dataset, long version, long records,
        String schemaFingerprint, String contentHash, String manifest) implements Event {

    public enum Status { SEALED, RETIRED }

    @Override
    public String topic() {
        return Topics.DATASET_VERSIONS;
    }

    @Override
    public String key() {
        return dataset;
    }

    @Override
    public String type() {
        return "dev.tideline.dataset-version.v1";
    }
}
