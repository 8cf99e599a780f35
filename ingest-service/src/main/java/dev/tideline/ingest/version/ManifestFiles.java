package dev.tideline.ingest.version;

import dev.tideline.features.DatasetManifest;
import dev.tideline.features.DatasetManifestCodec;
import dev.tideline.starter.storage.StorageProperties;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.springframework.stereotype.Component;

/** Writes and reads {@code <root>/datasets/<dataset>/versions/<version>/manifest.json}. */
@Component
final class ManifestFiles {

    private final Path root;

    ManifestFiles(StorageProperties storage) {
        this.root = storage.folder();
    }

    static String path(String dataset, long version) {
        return "datasets/" + dataset + "/versions/" + version + "/manifest.json";
    }

    /** Writes the manifest as a whole or not at all; one that a failed sealing left behind is replaced. */
    void write(DatasetManifest manifest) {
        Path target = root.resolve(path(manifest.dataset(), manifest.version()));
        Path unfinished = target.resolveSibling("manifest.json.tmp");
        try {
            Files.createDirectories(target.getParent());
            ByteBuffer bytes = ByteBuffer.wrap(DatasetManifestCodec.write(manifest).toString().getBytes(StandardCharsets.UTF_8));
            try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE)) {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void delete(String dataset, long version) {
        try {
            Files.deleteIfExists(root.resolve(path(dataset, version)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    DatasetManifest read(String dataset, long version) {
        try {
            return DatasetManifestCodec.read(root.resolve(path(dataset, version)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
