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

    /**
     * Offset of the first whole record behind the damaged one at {@code damaged}; the size of the file when there is none. Where a
     * header is good and leads to another, the record is passed over whole, since a payload may hold records itself; unless records
     * in it lead to the same place, which happens when bytes were lost.
     */
    long after(long damaged) throws IOException {
        long size = channel.size();
        long at = damaged;
        for (long end = endOf(at, size); end == size || end >= 0 && endOf(end, size) >= 0; end = endOf(at, size)) {
            long inside = find(at + 1, end, size, true);
            if (inside < end || end == size || isRecord(end, size)) {
                return inside;
            }
            at = end;
        }
        return find(at + 1, size, size, false);
    }

    /**
     * The first whole record from {@code from} on, or {@code to} when there is none before that.
     *
     * @param leading whether only a record counts that leads to {@code to}, itself or by those behind it
     */
    private long find(long from, long to, long size, boolean leading) throws IOException {
        for (long base = from; base < to; base += WINDOW) {
            byte[] window = read(base, (int) Math.min(WINDOW + RecordFrames.HEADER - 1, size - base));
            for (int i = 0; i + RecordFrames.HEADER <= window.length && i < WINDOW && base + i < to; i++) {
                if ((int) INT.get(window, i + 8) == crc.of(window, i, 8) && isRecord(base + i, size)
                        && (!leading || leads(base + i, to, size))) {
                    return base + i;
                }
            }
        }
        return to;
    }

    private boolean leads(long from, long to, long size) throws IOException {
        long at = from;
        while (at >= 0 && at < to) {
            at = endOf(at, size);
        }
        return at == to;
    }

    /** Where the record at {@code offset} ends according to its header; -1 when there is no good header, or it leads out of the file. */
    private long endOf(long offset, long size) throws IOException {
        if (size - offset < TfRecordWriter.OVERHEAD) {
            return -1;
        }
        byte[] header = read(offset, RecordFrames.HEADER);
        long length = (long) LONG.get(header, 0);
        boolean good = (int) INT.get(header, 8) == crc.of(header, 0, 8) && length >= 0 && length <= size - offset - TfRecordWriter.OVERHEAD;
        return good ? offset + length + TfRecordWriter.OVERHEAD : -1;
    }

    private boolean isRecord(long offset, long size) throws IOException {
        long length = endOf(offset, size) - offset - TfRecordWriter.OVERHEAD;
        if (length < 0 || length > Integer.MAX_VALUE - 8 - RecordFrames.FOOTER) {
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
