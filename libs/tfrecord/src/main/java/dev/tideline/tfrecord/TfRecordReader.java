package dev.tideline.tfrecord;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/** Reads a TFRecord file from front to back and checks every checksum. Not thread-safe. */
public final class TfRecordReader implements Closeable {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER = 12;
    private static final int FOOTER = 4;

    private final Path file;
    private final FileChannel channel;
    private final Compression compression;
    private final MaskedCrc crc = new MaskedCrc();
    private final byte[] frame = new byte[HEADER];
    private InputStream in;
    private long offset;

    private TfRecordReader(Path file, FileChannel channel, Compression compression) throws IOException {
        this.file = file;
        this.channel = channel;
        this.compression = compression;
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
            throw new CorruptRecordException(file, 0, "no " + compression + " data: " + e.getMessage());
        }
    }

    /**
     * The next payload, or null at the end of the file.
     *
     * @throws CorruptRecordException when a checksum or a length is wrong, or the file ends inside a record
     */
    public byte @Nullable [] next() throws IOException {
        try {
            return read();
        } catch (ZipException | EOFException e) {
            throw corrupt("damaged " + compression + " data: " + e.getMessage());
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
        long damaged = offset;
        offset = new RecordScan(channel).next(damaged + 1);
        channel.position(offset);
        in = compression.over(Channels.newInputStream(channel));
        return offset - damaged;
    }

    /** Byte offset, before compression, of the record that {@link #next()} reads next. */
    public long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
        channel.close();
    }

    private byte @Nullable [] read() throws IOException {
        int got = in.readNBytes(frame, 0, HEADER);
        if (got == 0) {
            return null;
        }
        if (got < HEADER) {
            throw corrupt("file ends inside a record's header after " + got + " bytes (expected: " + HEADER + ")");
        }
        if ((int) INT.get(frame, 8) != crc.of(frame, 0, 8)) {
            throw corrupt("checksum of the record's length is wrong");
        }
        long length = (long) LONG.get(frame, 0);
        long most = compression == Compression.NONE ? channel.size() - offset - HEADER - FOOTER : Integer.MAX_VALUE - 8;
        if (length < 0 || length > most || length > Integer.MAX_VALUE - 8) {
            throw corrupt("record length: " + length + " (expected: 0 to " + Math.max(0, most) + ")");
        }
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length || in.readNBytes(frame, 0, FOOTER) < FOOTER) {
            throw corrupt("file ends inside a record of " + length + " bytes");
        }
        if ((int) INT.get(frame, 0) != crc.of(payload, 0, payload.length)) {
            throw corrupt("checksum of the record's " + length + " bytes is wrong");
        }
        offset += HEADER + length + FOOTER;
        return payload;
    }

    private CorruptRecordException corrupt(String what) {
        return new CorruptRecordException(file, offset, what);
    }
}
