package dev.tideline.training.dataset;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.storage.LocalFiles;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Files of sealed dataset versions on this machine, where training processes read them. */
@Component
public final class DatasetFiles {

    private static final Logger log = LoggerFactory.getLogger(DatasetFiles.class);
    /** Requests to a bucket wait more than they work. */
    private static final int AT_A_TIME = 4;

    private final LocalFiles files;

    DatasetFiles(LocalFiles files) {
        this.files = files;
    }

    /** The folder that paths in manifests are relative to. */
    public Path root() {
        return files.root();
    }

    /** @throws TidelineException with a {@link DatasetError} when it is not the manifest of what was sealed */
    public DatasetManifest manifest(SealedData sealed) throws IOException {
        var found = DatasetManifestCodec.read(files.refresh(sealed.manifest()));
        sealed.check(found);
        return found;
    }

    /**
     * Brings a version's manifest and shards to this machine, unless they are here.
     *
     * @param manifest path of the manifest relative to the storage root
     * @return the manifest's file. A shard that is nowhere is left to whoever reads it
     */
    public Path fetch(String manifest) throws IOException, InterruptedException {
        var file = files.refresh(manifest);
        if (files.storage().remote()) {
            var data = DatasetManifestCodec.read(file);
            var shards = data.splits().values().stream().flatMap(split -> split.slices().stream()).filter(slice -> slice.take() > 0)
                .map(DatasetManifest.Slice::path).distinct().toList();
            log.info("Dataset {} version {}: fetching what is missing of {} files from {}", data.dataset(), data.version(), shards.size(),
                files.storage().location());
            fetch(shards);
        }
        return file;
    }

    private void fetch(List<String> shards) throws IOException, InterruptedException {
        try (var threads = Executors.newFixedThreadPool(AT_A_TIME, Thread.ofVirtual().name("fetch-", 0).factory())) {
            try {
                var fetched = shards.stream().map(shard -> threads.submit(() -> present(shard))).toList();
                for (Future<Boolean> each : fetched) {
                    each.get();
                }
            } catch (ExecutionException failure) {
                throw failure.getCause() instanceof IOException told ? told : new IOException(failure.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
    }

    private boolean present(String shard) throws IOException {
        try {
            files.fetch(shard);
            return true;
        } catch (NoSuchFileException absent) {
            return false;
        }
    }
}
