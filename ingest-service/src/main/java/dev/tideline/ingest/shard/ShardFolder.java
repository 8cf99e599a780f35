package dev.tideline.ingest.shard;

import dev.tideline.starter.storage.StorageProperties;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Where shard files lie: {@code <root>/datasets/<dataset>/shards/<dataset>-<partition>-<first>-<last>[-<split>]-<nonce>.tfrecord}.
 * The nonce keeps the files of two writers apart that wrote the same offsets; only one of them gets into the database.
 */
@Component
final class ShardFolder {

    private static final Logger log = LoggerFactory.getLogger(ShardFolder.class);

    static final String UNFINISHED = ".tmp";

    private final Path root;
    private final RandomGenerator random;
    private final InstantSource clock;

    ShardFolder(StorageProperties storage, RandomGenerator random, InstantSource clock) {
        this.root = storage.folder();
        this.random = random;
        this.clock = clock;
    }

    Path root() {
        return root;
    }

    Path datasets() {
        return root.resolve("datasets");
    }

    /** A path for a file that is being written; its folder exists. */
    Path unfinished(String dataset, int partition, long first, @Nullable String split) throws IOException {
        Path folder = Files.createDirectories(datasets().resolve(dataset).resolve("shards"));
        return folder.resolve(name(dataset, partition, first, "open", split) + UNFINISHED);
    }

    /** Gives a finished file its final name, so that it survives a crash; returns the new path. */
    Path finish(Path unfinished, String dataset, int partition, long first, long last, @Nullable String split) throws IOException {
        Path folder = unfinished.getParent();
        Path finished = Files.move(unfinished, folder.resolve(name(dataset, partition, first, Long.toString(last), split)),
                StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
            directory.force(true);
        }
        return finished;
    }

    /** The path as the database knows it. */
    String relative(Path file) {
        return root.relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
    }

    Path resolve(String relative) {
        return root.resolve(relative);
    }

    /** Shows the sweeper that somebody still wants these files. */
    void touch(List<FinishedShard.File> files) {
        for (FinishedShard.File file : files) {
            try {
                Files.setLastModifiedTime(file.file(), FileTime.from(clock.instant()));
            } catch (IOException failure) {
                log.warn("File {} could not be touched: {}", file.file(), failure.toString());
            }
        }
    }

    void delete(List<FinishedShard.File> files) {
        for (FinishedShard.File file : files) {
            try {
                Files.deleteIfExists(file.file());
            } catch (IOException failure) {
                log.warn("File {} stays behind for the sweeper: {}", file.file(), failure.toString());
            }
        }
    }

    private String name(String dataset, int partition, long first, String last, @Nullable String split) {
        String nonce = HexFormat.of().toHexDigits(random.nextInt());
        return "%s-%d-%d-%s%s-%s.tfrecord".formatted(dataset, partition, first, last, split == null ? "" : "-" + split, nonce);
    }
}
