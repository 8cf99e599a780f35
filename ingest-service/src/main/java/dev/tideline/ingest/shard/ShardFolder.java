package dev.tideline.ingest.shard;

import dev.tideline.storage.Storage;
import dev.tideline.storage.StoredFile;
import dev.tideline.tfrecord.DirectIo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.stereotype.Component;

/**
 * Where shard files lie: {@code datasets/<dataset>/shards/<dataset>-<partition>-<first>-<last>[-<split>]-<nonce>.tfrecord} below the
 * storage root. The nonce keeps the files of two writers apart that wrote the same offsets; only one of them gets into the database.
 */
@Component
final class ShardFolder implements DisposableBean {

    private static final Logger log = LoggerFactory.getLogger(ShardFolder.class);
    private static final String DATASETS = "datasets/";
    private static final Pattern SHARD = Pattern.compile(DATASETS + "[^/]+/shards/[^/]+");

    private final Storage storage;
    private final RandomGenerator random;
    private final InstantSource clock;
    private final UploadProperties properties;
    private final @Nullable DirectIo direct;
    private final @Nullable ExecutorService uploads;

    ShardFolder(Storage storage, RandomGenerator random, InstantSource clock, UploadProperties properties, DirectIoProperties directIo) {
        this.storage = storage;
        this.random = random;
        this.clock = clock;
        this.properties = properties;
        this.direct = storage.remote() ? null : directIo.open();
        this.uploads = storage.remote()
                ? Executors.newFixedThreadPool(properties.threads(), Thread.ofPlatform().daemon().name("shard-upload-", 1).factory()) : null;
    }

    /** A path for a file that is being written; its folder exists. */
    Path draft(String dataset, int partition, long first, @Nullable String split) throws IOException {
        return storage.draft(key(dataset, partition, first, "open", split));
    }

    /** With which drafts are written; null when they go through the system's cache, as what is read again for its upload does. */
    @Nullable DirectIo directIo() {
        return direct;
    }

    /** A key that no other file has. */
    String key(String dataset, int partition, long first, String last, @Nullable String split) {
        String nonce = HexFormat.of().toHexDigits(random.nextInt());
        return DATASETS + "%s/shards/%1$s-%d-%d-%s%s-%s.tfrecord"
                .formatted(dataset, partition, first, last, split == null ? "" : "-" + split, nonce);
    }

    /**
     * Puts finished files under their keys: at once in a folder, in the background in a bucket. May be repeated until it succeeds.
     * The failure is an {@link IOException} or an {@link UncheckedIOException}.
     */
    CompletableFuture<Void> publish(List<FinishedShard.File> files) {
        CompletableFuture<Void> published = new CompletableFuture<>();
        if (uploads == null || files.isEmpty()) {
            publish(files, published);
        } else {
            uploads.execute(() -> publish(files, published));
        }
        return published;
    }

    private void publish(List<FinishedShard.File> files, CompletableFuture<Void> published) {
        try {
            for (FinishedShard.File file : files) {
                storage.publish(file.draft(), file.path(), file.checksum());
            }
            published.complete(null);
        } catch (IOException | RuntimeException failure) {
            published.completeExceptionally(failure);
        }
    }

    /** How long a partition that goes elsewhere may wait for its upload. */
    Duration handOver() {
        return properties.handOver();
    }

    /** Whether every file is where the database is about to say it is; fails when the storage does not tell. */
    boolean holds(List<FinishedShard.File> files) {
        try {
            for (FinishedShard.File file : files) {
                Optional<StoredFile> stored = storage.find(file.path());
                if (stored.isEmpty() || stored.get().bytes() != file.bytes()) {
                    return false;
                }
            }
            return true;
        } catch (IOException unavailable) {
            throw new UncheckedIOException(unavailable);
        }
    }

    /** Shows the sweeper that somebody still wants these files. */
    void touch(List<FinishedShard.File> files) {
        for (FinishedShard.File file : files) {
            try {
                storage.touch(file.path(), clock.instant());
            } catch (IOException failure) {
                log.warn("File {} could not be touched: {}", file.path(), failure.toString());
            }
        }
    }

    /** Removes files wherever they are by now. */
    void delete(List<FinishedShard.File> files) {
        discard(files);
        for (FinishedShard.File file : files) {
            try {
                storage.delete(file.path());
            } catch (IOException failure) {
                log.warn("File {} stays behind for the sweeper: {}", file.path(), failure.toString());
            }
        }
    }

    /** Removes what was not published. */
    void discard(List<FinishedShard.File> files) {
        for (FinishedShard.File file : files) {
            try {
                Files.deleteIfExists(file.draft());
            } catch (IOException failure) {
                log.warn("File {} stays behind for the sweeper: {}", file.draft(), failure.toString());
            }
        }
    }

    /** Shows all files of shards, those of a dataset together. */
    void list(Consumer<StoredFile> visitor) throws IOException {
        storage.list(DATASETS, file -> {
            if (SHARD.matcher(file.key()).matches()) {
                visitor.accept(file);
            }
        });
    }

    /** Which dataset a shard's file belongs to. */
    static String dataset(String key) {
        return key.substring(DATASETS.length(), key.indexOf('/', DATASETS.length()));
    }

    /** Removes one file. */
    void remove(String key) throws IOException {
        storage.delete(key);
    }

    /** Removes what was begun and given up. */
    int removeUnfinished(Instant before) throws IOException {
        return storage.removeUnfinished(DATASETS, before);
    }

    @Override
    public void destroy() {
        if (direct != null) {
            direct.close();
        }
        if (uploads != null) {
            uploads.shutdownNow();
        }
    }
}
