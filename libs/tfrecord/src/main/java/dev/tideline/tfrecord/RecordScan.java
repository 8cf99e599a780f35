package dev.tideline.tfrecord;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/**
 * Looks for the next record in damaged bytes. The format has no marks, so each byte is tried as the start of a record until a
 * length fits its checksum and the payload fits its own: a false find takes two 32-bit coincidences.
 */
final class RecordScan {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int WINDOW = 1 << 16;

    private final FileChannel channel;
    private final MaskedCrc crc = new MaskedCrc();

    RecordScan(FileChannel channel) {
        this.channel = channel;
    }

    /** Offset of the first whole record at or after {@code from}; the size of the file when there is none. */
    long next(long from) throws IOException {
        long size = channel.size();
        for (long base = from; base < size; base += WINDOW) {
            byte[] window = read(base, (int) Math.min(WINDOW + RecordFrames.HEADER - 1, size - base));
            for (int i = 0; i + RecordFrames.HEADER <= window.length && i < WINDOW; i++) {
                if ((int) INT.get(window, i + 8) == crc.of(window, i, 8) && isRecord(base + i, (long) LONG.get(window, i), size)) {
                    return base + i;
                }
            }
        }
        return size;
    }

    private boolean isRecord(long offset, long length, long size) throws IOException {
        if (length < 0 || length > size - offset - RecordFrames.HEADER - RecordFrames.FOOTER || length > Integer.MAX_VALUE - 8 - RecordFrames.FOOTER) {
            return false;
        }
        byte[] payload = read(offset + RecordFrames.HEADER, (int) length + RecordFrames.FOOTER);
        return (int) INT.get(payload, (int) length) == crc.of(payload, 0, (int) length);
    }

    private byte[] read(long offset, int length) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        while (buffer.hasRemaining() && channel.read(buffer, offset + buffer.position()) >= 0) {
            // Reads until the buffer is full or the file ends.
        }
        return buffer.array();
    }
}
