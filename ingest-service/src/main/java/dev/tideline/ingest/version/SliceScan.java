package dev.tideline.ingest.version;

import dev.tideline.ingest.shard.Shards;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.MalformedExampleException;
import dev.tideline.tfrecord.TfRecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.springframework.stereotype.Component;

/** Reads a slice that cuts a file: what is stored with the file speaks of all of it. */
@Component
final class SliceScan {

    private final Shards shards;

    SliceScan(Shards shards) {
        this.shards = shards;
    }

    /**
     * @param path  of the file, relative to the storage root
     * @param visit gets the slice's records
     */
    SliceBytes scan(String path, long skip, long take, Consumer<Example> visit) {
        Path file = shards.path(path);
        try (TfRecordReader reader = TfRecordReader.open(file)) {
            for (long i = 0; i < skip; i++) {
                next(reader, i);
            }
            long first = reader.offset();
            for (long i = 0; i < take; i++) {
                visit.accept(Example.decode(next(reader, skip + i)));
            }
            long bytes = reader.offset() - first;
            return new SliceBytes(first, bytes, sha256(new FilePart(file, first, bytes)));
        } catch (IOException | MalformedExampleException unreadable) {
            throw new TidelineException(VersionError.UNREADABLE_SHARD, "file: " + path + ": " + unreadable.getMessage()
                    + " (expected: records " + skip + " to " + (skip + take - 1) + " as they were committed)", unreadable);
        }
    }

    private static byte[] next(TfRecordReader reader, long number) throws IOException {
        byte[] record = reader.next();
        if (record == null) {
            throw new IOException("record " + number + " is missing");
        }
        return record;
    }

    private static String sha256(FilePart part) throws IOException {
        try (InputStream in = part.getInputStream()) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[1 << 16];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
