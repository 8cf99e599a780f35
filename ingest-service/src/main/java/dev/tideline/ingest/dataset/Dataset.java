package dev.tideline.ingest.dataset;

import dev.tideline.contracts.Topics;
import dev.tideline.features.Schema;
import dev.tideline.features.DatasetManifest.SplitRule;

/**
 * A declared dataset with its newest schema.
 *
 * @param partitions partitions of its topic when it was declared
 */
public record Dataset(String name, Schema schema, SplitRule split, int partitions) {

    /** The topic that carries its records. */
    public String topic() {
        return Topics.records(name);
    }
}
