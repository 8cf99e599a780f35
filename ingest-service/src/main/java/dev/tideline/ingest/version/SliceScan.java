package dev.tideline.ingest.version;

import dev.tideline.starter.error.TidelineException;
import dev.tideline.storage.Storage;
import dev.tideline.storage.StorageUnavailableException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.MalformedExampleException;
import dev.tideline.tfrecord.TfRecordStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Reads a slice that cuts a file: what is stored with the file speaks of all of it. */
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

    private static byte[] next(TfRecordStream reader, long number) throws IOException {
        byte[] record = reader.next();
        if (record == null) {
            throw new IOException("record " + number + " is missing");
        }
        return record;
    }

    private static String sha256(FilePart part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
