package dev.tideline.tfrecord;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a TFRecord file from front to back and checks every checksum. Not thread-safe. */
public final class TfRecordReader implements Closeable {

    private final Path file;
    private final FileChannel channel;
    private final Compression compression;
    private final RecordFrames frames;
    private InputStream in;

    private TfRecordReader(Path file, FileChannel channel, Compression compression) throws IOException {
        this.file = file;
        this.channel = channel;
        this.compression = compression;
        this.frames = new RecordFrames(file);
        this.in = compression.over(Channels.newInputStream(channel));
    }

    /** Opens an uncompressed TFRecord file. */
    public static TfRecordReader open(Path file) throws IOException {
        return open(file, Compression.NONE);
    }

    /** @throws CorruptRecordException when the file does not begin as {@code compression} does */
    public static TfRecordReader open(Path file, Compression compression) throws IOException {
        FileChannel channel = FileChannel.open(file);
        try {
            return new TfRecordReader(file, channel, compression);
        } catch (ZipException | EOFException e) {
            channel.close();
            throw new CorruptRecordException(file, 0, "no " + compression + " data: " + reason(e));
        }
    }

    /**
     * The next payload, or null at the end of the file.
     *
     * @throws CorruptRecordException when a checksum or a length is wrong, or the file ends inside a record
     */
    public byte @Nullable [] next() throws IOException {
        try {
            long left = channel.size() - offset() - RecordFrames.HEADER - RecordFrames.FOOTER;
            return frames.next(in, compression == Compression.NONE ? left : Integer.MAX_VALUE - 8);
        } catch (ZipException | EOFException e) {
            throw frames.corrupt("damaged " + compression + " data: " + reason(e));
        }
    }

    /**
     * After a {@link CorruptRecordException}: moves to the next whole record, or to the end of the file.
     *
     * @return bytes that were skipped
     * @throws UnsupportedOperationException when the file is compressed, since nothing behind damage can be read then
     */
    public long recover() throws IOException {
        if (compression != Compression.NONE) {
            throw new UnsupportedOperationException(file + ": compressed with " + compression + " (expected: " + Compression.NONE + ")");
        }
        long damaged = offset();
        frames.moveTo(new RecordScan(channel).after(damaged));
        channel.position(offset());
        in = compression.over(Channels.newInputStream(channel));
        return offset() - damaged;
    }

    /** Byte offset, before compression, of the record that {@link #next()} reads next. */
    public long offset() {
        return frames.offset();
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? "it ends too early" : e.getMessage();
    }

    @Override
    public void close() throws IOException {
        in.close();
        channel.close();
    }
}
