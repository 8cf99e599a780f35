package dev.tideline.tfrecord;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reads uncompressed TFRecords from a stream that is not trusted: no record is read before its length is known to be bearable. */
public final class TfRecordStream {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int HEADER = 12;
    private static final int FOOTER = 4;

    private final InputStream in;
    private final Path name;
    private final int maxRecord;
    private final MaskedCrc crc = new MaskedCrc();
    private final byte[] frame = new byte[HEADER];
    private long offset;

    /**
     * @param name      what the stream is called in messages
     * @param maxRecord bytes that a record may have
     */
    public TfRecordStream(InputStream in, String name, int maxRecord) {
        this.in = in;
        this.name = Path.of(name);
        this.maxRecord = maxRecord;
    }

    /**
     * The next payload, or null at the end.
     *
     * @throws CorruptRecordException when a checksum or a length is wrong, or the stream ends inside a record
     */
    public byte @Nullable [] next() throws IOException {
        int got = in.readNBytes(frame, 0, HEADER);
        if (got == 0) {
            return null;
        }
        if (got < HEADER || (int) INT.get(frame, 8) != crc.of(frame, 0, 8)) {
            throw corrupt("no record header");
        }
        long length = (long) LONG.get(frame, 0);
        if (length < 0 || length > maxRecord) {
            throw corrupt("record length: " + length + " (expected: 0 to " + maxRecord + ")");
        }
        byte[] payload = in.readNBytes((int) length);
        if (payload.length < length || in.readNBytes(frame, 0, FOOTER) < FOOTER) {
            throw corrupt("end inside a record of " + length + " bytes");
        }
        if ((int) INT.get(frame, 0) != crc.of(payload, 0, payload.length)) {
            throw corrupt("checksum of the record's " + length + " bytes is wrong");
        }
        offset += HEADER + length + FOOTER;
        return payload;
    }

    private CorruptRecordException corrupt(String what) {
        return new CorruptRecordException(name, offset, what);
    }
}
