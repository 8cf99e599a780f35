package dev.tideline.ingest.intake;

import dev.tideline.contracts.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/** One JSON object per line. Blank lines are passed over but counted. */
final class NdjsonSource implements RecordSource {

    private static final int BUFFER = 1 << 16;
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = ONES << 7;
    private static final long NEWLINES = '\n' * ONES;

    private final InputStream in;
    private final int maxRecord;
    private final byte[] buffer = new byte[BUFFER];
    private int position;
    private int limit;
    private long line;

    NdjsonSource(InputStream in, int maxRecord) {
        this.in = in;
        this.maxRecord = maxRecord;
    }

    @Override
    public @Nullable Item next() throws IOException {
        while (position < limit || fill()) {
            line++;
            int end = newline();
            if (end >= 0) {
                byte[] record = slice(position, end);
                position = end + 1;
                if (!blank(record)) {
                    return record.length > maxRecord ? tooLong(record.length) : new Bytes(line, record);
                }
            } else {
                Item item = longLine();
                if (item != null) {
                    return item;
                }
            }
        }
        return null;
    }

    /** A line that reaches beyond the buffer. */
    private @Nullable Item longLine() throws IOException {
        ByteArrayOutputStream record = new ByteArrayOutputStream(2 * BUFFER);
        long length = 0;
        int end;
        do {
            end = newline();
            int stop = end < 0 ? limit : end;
            length += stop - position;
            if (length <= maxRecord) {
                record.write(buffer, position, stop - position);
            }
            position = stop;
        } while (end < 0 && fill());
        position = Math.min(position + 1, limit);
        if (length > maxRecord) {
            return tooLong(length);
        }
        byte[] bytes = record.toByteArray();
        return blank(bytes) ? null : new Bytes(line, bytes);
    }

    private Broken tooLong(long length) {
        return new Broken(line, new Problem("RECORD_TOO_LARGE", "", length + " bytes", "at most " + maxRecord + " bytes"));
    }

    private boolean fill() throws IOException {
        position = 0;
        limit = Math.max(0, in.read(buffer));
        return limit > 0;
    }

    /** Eight bytes at a time: a byte of {@code words} is zero where a newline is (Hacker's Delight, 6-1). */
    private int newline() {
        int i = position;
        for (; i <= limit - Long.BYTES; i += Long.BYTES) {
            long words = (long) LONG.get(buffer, i) ^ NEWLINES;
            long found = (words - ONES) & ~words & HIGHS;
            if (found != 0) {
                return i + Long.numberOfTrailingZeros(found) / Byte.SIZE;
            }
        }
        for (; i < limit; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    private byte[] slice(int from, int to) {
        byte[] bytes = new byte[to - from];
        System.arraycopy(buffer, from, bytes, 0, bytes.length);
        return bytes;
    }

    private static boolean blank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\r' && b != '\t') {
                return false;
            }
        }
        return true;
    }
}
