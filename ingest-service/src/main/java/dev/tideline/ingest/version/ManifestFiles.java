package dev.tideline.ingest.version;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.storage.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.springframework.stereotype.Component;

/** Writes and reads {@code datasets/<dataset>/versions/<version>/manifest.json} below the storage root. */
@Component
final class ManifestFiles {

    private final Storage storage;

    ManifestFiles(Storage storage) {
        this.storage = storage;
    }

    static String path(String dataset, long version) {
        return "datasets/" + dataset + "/versions/" + version + "/manifest.json";
    }

    /** Writes the manifest as a whole or not at all; one that a failed sealing left behind is replaced. */
    void write(DatasetManifest manifest) {
        try {
            storage.write(path(manifest.dataset(), manifest.version()),
                    DatasetManifestCodec.write(manifest).toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void delete(String dataset, long version) {
        try {
            storage.delete(path(dataset, version));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    DatasetManifest read(String dataset, long version) {
        try {
            return DatasetManifestCodec.read(storage.read(path(dataset, version)), path(dataset, version));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
