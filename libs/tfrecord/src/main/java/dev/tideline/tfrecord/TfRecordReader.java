package dev.tideline.tfrecord;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads a TFRecord file from front to back and checks every checksum. Not thread-safe. */
public final class TfRecordReader implements Closeable {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER = 12;
    private static final int FOOTER = 4;

    private final Path file;
    private final long size;
    private final InputStream in;
    private final MaskedCrc crc = new MaskedCrc();
    private final byte[] frame = new byte[HEADER];
    private long offset;

    private TfRecordReader(Path file, long size, InputStream in) {
        this.file = file;
        this.size = size;
        this.in = in;
    }

    /** Opens an uncompressed TFRecord file. */
    public static TfRecordReader open(Path file) throws IOException {
        long size = Files.size(file);
        return new TfRecordReader(file, size, new BufferedInputStream(Files.newInputStream(file), 1 << 16));
    }

    /**
     * The next payload, or null at the end of the file.
     *
     * @throws CorruptRecordException when a checksum or a length is wrong, or the file ends inside a record
     */
    public byte @Nullable [] next() throws IOException {
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
        long left = size - offset - HEADER - FOOTER;
        if (length < 0 || length > Integer.MAX_VALUE - 8 || length > left) {
            throw corrupt("record length: " + length + " (expected: 0 to " + Math.max(0, left) + ", what the file has left)");
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

    /** Byte offset of the record that {@link #next()} reads next. */
    public long offset() {
        return offset;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private CorruptRecordException corrupt(String what) {
        return new CorruptRecordException(file, offset, what);
    }
}
