package dev.tideline.tfrecord;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;

/**
 * Appends records to a new TFRecord file (https://www.tensorflow.org/tutorials/load_data/tfrecord#tfrecords_format_details):
 * length as uint64, masked CRC-32C of the length, payload, masked CRC-32C of the payload, all little-endian. Not thread-safe.
 */
public final class TfRecordWriter implements Closeable {

    /** Bytes that framing adds to a payload. */
    public static final int OVERHEAD = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BUFFER = 1 << 16;
    private static final int HEADER = 12;
    private static final int FOOTER = 4;

    private final FileChannel channel;
    private final OutputStream out;
    private final MaskedCrc crc = new MaskedCrc();
    private final byte[] buffer = new byte[BUFFER];
    private int filled;
    private long records;
    private long bytes;

    private TfRecordWriter(FileChannel channel, OutputStream file, Compression compression) throws IOException {
        this.channel = channel;
        this.out = compression.over(file);
    }

    /**
     * Creates {@code file}, uncompressed.
     *
     * @throws java.nio.file.FileAlreadyExistsException when it is there already
     */
    public static TfRecordWriter create(Path file) throws IOException {
        return create(file, Compression.NONE);
    }

    /** The same with compression. */
    public static TfRecordWriter create(Path file, Compression compression) throws IOException {
        FileChannel channel = open(file);
        return new TfRecordWriter(channel, Channels.newOutputStream(channel), compression);
    }

    /** As {@link #create(Path)}; after {@link #force()}, {@code digest} has seen every byte of the file. */
    public static TfRecordWriter create(Path file, MessageDigest digest) throws IOException {
        FileChannel channel = open(file);
        return create(channel, Channels.newOutputStream(channel), digest);
    }

    /** The same past the system's cache, as far as there is memory for it and the file system allows it. */
    public static TfRecordWriter create(Path file, MessageDigest digest, DirectIo io) throws IOException {
        FileChannel channel = open(file);
        return create(channel, new DirectFile(file, channel, io), digest);
    }

    private static TfRecordWriter create(FileChannel channel, OutputStream file, MessageDigest digest) throws IOException {
        return new TfRecordWriter(channel, new DigestOutputStream(file, digest), Compression.NONE);
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    public void write(byte[] record) throws IOException {
        write(record, 0, record.length);
    }

    /** Appends {@code length} bytes of {@code record} from {@code offset} as one record. */
    public void write(byte[] record, int offset, int length) throws IOException {
        reserve(HEADER);
        LONG.set(buffer, filled, (long) length);
        INT.set(buffer, filled + 8, crc.of(buffer, filled, 8));
        filled += HEADER;
        if (length <= BUFFER - filled) {
            System.arraycopy(record, offset, buffer, filled, length);
            filled += length;
        } else {
            drain();
            out.write(record, offset, length);
        }
        reserve(FOOTER);
        INT.set(buffer, filled, crc.of(record, offset, length));
        filled += FOOTER;
        records++;
        bytes += length + OVERHEAD;
    }

    /** Records written so far. */
    public long records() {
        return records;
    }

    /** Bytes of the file once everything is flushed, before compression. */
    public long bytes() {
        return bytes;
    }

    /** Hands all records to the operating system: the end of this process does not lose them, the end of the machine may. */
    public void flush() throws IOException {
        drain();
        out.flush();
    }

    /** Returns when all records are on the storage device. */
    public void force() throws IOException {
        flush();
        channel.force(true);
    }

    /** Flushes and closes, without forcing the bytes to the device. */
    @Override
    public void close() throws IOException {
        try (channel; out) {
            if (channel.isOpen()) {
                drain();
            }
        }
    }

    /** Closes without what no flush has handed over: after a failure, a part of it may have been written already. */
    public void abandon() throws IOException {
        channel.close();
    }

    private void reserve(int bytes) throws IOException {
        if (BUFFER - filled < bytes) {
            drain();
        }
    }

    private void drain() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }
}
