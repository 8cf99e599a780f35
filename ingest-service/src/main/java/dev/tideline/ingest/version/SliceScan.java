package dev.tideline.ingest.version;

import dev.tideline.starter.error.TidelineException;
import dev.tideline.storage.Checksums;
import dev.tideline.storage.Digests;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageUnavailableException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.MalformedExampleException;
import dev.tideline.tfrecord.TfRecordStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Reads what nobody has written down: slices that cut a file, since what is stored with a file speaks of all of it, and the SHA-256 of files. */
@Component
final class SliceScan {

    private static final int BUFFER = 1 << 16;
    /** Length, two checksums. */
    private static final int FRAME = 16;

    private final Storage storage;

    SliceScan(Storage storage) {
        this.storage = storage;
    }

    /**
     * @param path  of the file, relative to the storage root
     * @param visit gets the slice's records
     */
    SliceBytes scan(String path, long skip, long take, Consumer<Example> visit) {
        try (InputStream in = new BufferedInputStream(storage.open(path, 0), BUFFER)) {
            TfRecordStream reader = new TfRecordStream(in, path, Integer.MAX_VALUE);
            long first = 0;
            for (long i = 0; i < skip; i++) {
                first += FRAME + next(reader, i).length;
            }
            long bytes = 0;
            for (long i = 0; i < take; i++) {
                byte[] record = next(reader, skip + i);
                bytes += FRAME + record.length;
                visit.accept(Example.decode(record));
            }
            return new SliceBytes(first, bytes, sha256(new FilePart(storage, path, first, bytes)));
        } catch (StorageUnavailableException away) {
            throw new UncheckedIOException(away);
        } catch (IOException | MalformedExampleException unreadable) {
            throw new TidelineException(VersionError.UNREADABLE_SHARD, "file: " + path + ": " + unreadable.getMessage()
                    + " (expected: records " + skip + " to " + (skip + take - 1) + " as they were committed)", unreadable);
        }
    }

    /**
     * SHA-256 of a whole file in hexadecimal.
     *
     * @param checksum that was stored with the file, and that it must still have
     */
    String sha256(String path, String checksum) {
        try {
            Optional<String> known = storage.sha256(path);
            if (known.isPresent()) {
                return known.get();
            }
            try (InputStream in = storage.open(path, 0)) {
                return Checksums.sha256(in, path, checksum);
            }
        } catch (StorageUnavailableException away) {
            throw new UncheckedIOException(away);
        } catch (IOException unreadable) {
            throw new TidelineException(VersionError.UNREADABLE_SHARD, "file: " + path + ": " + unreadable.getMessage()
                    + " (expected: its bytes as they were committed)", unreadable);
        }
    }

    private static byte[] next(TfRecordStream reader, long number) throws IOException {
        byte[] record = reader.next();
        if (record == null) {
            throw new IOException("record " + number + " is missing");
        }
        return record;
    }

    private static String sha256(FilePart part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            return Digests.sha256(in);
        }
    }
}
