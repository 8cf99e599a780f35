package dev.tideline.training.dataset;

import dev.tideline.features.DatasetManifest;
import dev.tideline.starter.error.TidelineException;
import org.jspecify.annotations.Nullable;

/**
 * A sealed dataset version.
 *
 * @param manifest    path of its manifest relative to the storage root
 * @param contentHash fingerprint of its content; null when ingest-service did not tell it
 */
public record SealedData(String dataset, long version, long records, String manifest, @Nullable String contentHash) {

    /** @throws TidelineException with {@link DatasetError#WRONG_FINGERPRINT} when the manifest found there is another one */
    public void check(DatasetManifest found) {
        if (!found.dataset().equals(dataset) || found.version() != version) {
            throw wrong(found.dataset() + " version " + found.version(), dataset + " version " + version);
        }
        if (contentHash != null && !contentHash.equals(found.contentHash())) {
            throw wrong("content hash " + found.contentHash(), contentHash + ", as ingest-service sealed it");
        }
    }

    private TidelineException wrong(String found, String expected) {
        return new TidelineException(DatasetError.WRONG_FINGERPRINT, manifest + ": " + found + " (expected: " + expected + ")");
    }
}
