package dev.tideline.starter.event;

import dev.tideline.contracts.DatasetVersionEvent;
import java.time.Instant;

/** Sample events. */
final class Events {

    static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");

    private Events() {}

    static DatasetVersionEvent sealed(String dataset, long version) {
        return new DatasetVersionEvent(dataset + "-" + version, NOON, DatasetVersionEvent.Status.SEALED, dataset, version, 10,
                "fingerprint", "hash", "datasets/" + dataset + "/versions/" + version + "/manifest.json");
    }
}
