package dev.tideline.tfrecord;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes records out of their frames, one after the other, and checks every checksum. */
final class RecordFrames {

    static final int HEADER = 12;
    static final int FOOTER = 4;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final Path name;
    private final MaskedCrc crc = new MaskedCrc();
    private final byte[] frame = new byte[HEADER];
    private long offset;

    /** @param name what the bytes are called in messages */
    RecordFrames(Path name) {
        this.name = name;
    }

    /** Byte offset of the next record. */
    long offset() {
        return offset;
    }

    void moveTo(long newOffset) {
        offset = newOffset;
    }

    /**
     * The next payload, or null at the end.
     *
     * @param most bytes that the payload may have; nothing is reserved before the length is known to be below
     */
    byte @Nullable [] next(InputStream in, long most) throws IOException {
        int got = in.readNBytes(frame, 0, HEADER);
        if (got == 0) {
            return null;
        }
        if (got < HEADER) {
            throw corrupt("no record header: " + got + " bytes until the end (expected: " + HEADER + ")");
        }
        if ((int) INT.get(frame, 8) != crc.of(frame, 0, 8)) {
            throw corrupt("no record header: checksum of the record's length is wrong");
        }
        long length = (long) LONG.get(frame, 0);
        if (length < 0 || length > most || length > Integer.MAX_VALUE - 8) {
            throw corrupt("record length: " + length + " (expected: 0 to " + Math.max(0, most) + ")");
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

    CorruptRecordException corrupt(String what) {
        return new CorruptRecordException(name, offset, what);
    }
}
