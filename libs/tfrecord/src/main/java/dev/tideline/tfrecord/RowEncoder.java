package dev.tideline.tfrecord;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Encodes rows with a fixed list of features as {@code tf.train.Example} bytes, the same bytes as {@link Example#encode()},
 * without an object per feature: set the features of a row in any order, then take the bytes; features that were not set are
 * absent. Reused from row to row; not thread-safe.
 */
public final class RowEncoder {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    /** Room for the tag and length of Example.features, which are known last and written backwards. */
    private static final int HEAD = 6;

    private final int[] order;
    private final Column[] columns;
    private byte[] out = new byte[1024];
    private int start = HEAD;
    private int end = HEAD;
    /** Set while a row is put together: after a failure, nothing in the buffer is what it seems. */
    private boolean torn;

    /** @param names features by index, without repetition */
    public RowEncoder(List<String> names) {
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException("names: " + names + " (expected: names that differ)");
        }
        columns = names.stream().map(Column::new).toArray(Column[]::new);
        order = IntStream.range(0, columns.length).boxed().sorted(Comparator.comparing(names::get)).mapToInt(i -> i).toArray();
    }

    public void set(int feature, float value) {
        columns[feature].floats(null, value);
    }

    /** The array is read when the row is encoded; it must not change before. */
    public void set(int feature, float[] values) {
        columns[feature].floats(values, 0);
    }

    public void set(int feature, long value) {
        columns[feature].longs(null, value);
    }

    /** The array is read when the row is encoded; it must not change before. */
    public void set(int feature, long[] values) {
        columns[feature].longs(values, 0);
    }

    /** One value, the text in UTF-8. */
    public void set(int feature, String value) {
        columns[feature].bytes(value.getBytes(StandardCharsets.UTF_8));
    }

    /** The array is read when the row is encoded; it must not change before. */
    public void set(int feature, byte[]... values) {
        columns[feature].bytes(values);
    }

    /** One value: the bytes of {@code source} from {@code from} up to {@code to}, which must not change before the row is encoded. */
    public void set(int feature, byte[] source, int from, int to) {
        columns[feature].range(source, from, to);
    }

    /** Forgets the values that were set. */
    public void clear() {
        for (Column column : columns) {
            column.kind = Kind.ABSENT;
        }
    }

    /** Encodes the row and forgets its values. */
    public byte[] encode() {
        assemble();
        return Arrays.copyOfRange(out, start, end);
    }

    /** Encodes the row as one record of {@code writer} and forgets its values. */
    public void encodeTo(TfRecordWriter writer) throws IOException {
        assemble();
        writer.write(out, start, end - start);
    }

    private void assemble() {
        if (torn) {
            Arrays.stream(columns).forEach(column -> column.floatAt = -1);
        }
        torn = true;
        int at = HEAD;
        for (int index : order) {
            Column column = columns[index];
            if (column.floatAt == at && column.kind == Kind.FLOATS && column.numbers == null) {
                // Room and prefix are there from the row before.
                at = column.putFloat(out, at);
                column.kind = Kind.ABSENT;
            } else if (column.kind == Kind.ABSENT) {
                column.floatAt = -1;
            } else {
                int most = column.mostBytes();
                if (out.length - at < most) {
                    out = Arrays.copyOf(out, Math.max(out.length * 2, at + most));
                }
                at = column.put(out, at);
                column.kind = Kind.ABSENT;
            }
        }
        torn = false;
        end = at;
        int body = end - HEAD;
        start = HEAD - 1 - Wire.varintSize(body);
        Wire.putHeader(out, start, Wire.FIELD_1, body);
    }

    private enum Kind { ABSENT, FLOATS, LONGS, BYTES, RANGE }

    private static final class Column {

        private final byte[] name;
        /** Everything of a scalar float's entry before its four bytes. */
        private final byte[] floatPrefix;
        /** Everything of a short text's entry before its bytes, but for the lengths. */
        private final byte[] textHead;
        /** Where the row before had this column as a scalar float, so that its prefix stands there still; else -1. */
        private int floatAt = -1;
        private Kind kind = Kind.ABSENT;
        private float number;
        private long integer;
        private float @Nullable [] numbers;
        private long @Nullable [] integers;
        private byte[][] values = {};
        private byte[] source = {};
        private int from;
        private int to;

        Column(String name) {
            this.name = name.getBytes(StandardCharsets.UTF_8);
            this.textHead = TextHead.of(this.name);
            byte[] entry = new byte[this.name.length + 32];
            int at = open(entry, 0, Wire.FIELD_2, Wire.delimited(4));
            this.floatPrefix = Arrays.copyOf(entry, Wire.putHeader(entry, at, Wire.FIELD_1, 4));
        }

        void floats(float @Nullable [] values, float value) {
            kind = Kind.FLOATS;
            numbers = values;
            number = value;
        }

        void longs(long @Nullable [] values, long value) {
            kind = Kind.LONGS;
            integers = values;
            integer = value;
        }

        void bytes(byte[]... values) {
            kind = Kind.BYTES;
            this.values = values;
        }

        void range(byte[] bytes, int start, int end) {
            kind = Kind.RANGE;
            source = bytes;
            from = start;
            to = end;
        }

        int mostBytes() {
            int head = name.length + 48;
            return head + switch (kind) {
                case ABSENT -> 0;
                case FLOATS -> 4 * (numbers == null ? 1 : numbers.length);
                case LONGS -> 10 * (integers == null ? 1 : integers.length);
                case BYTES -> bytesSize();
                case RANGE -> Wire.delimited(to - from);
            };
        }

        private int bytesSize() {
            int size = 0;
            for (byte[] value : values) {
                size += Wire.delimited(value.length);
            }
            return size;
        }

        int put(byte[] out, int at) {
            if (kind == Kind.FLOATS && numbers == null) {
                return putFloat(out, at);
            }
            floatAt = -1;
            return switch (kind) {
                case ABSENT -> at;
                case FLOATS -> putFloats(out, at, numbers);
                case LONGS -> integers == null ? putLong(out, at) : putLongs(out, at, integers);
                case BYTES -> putBytes(out, at);
                case RANGE -> putRange(out, at);
            };
        }

        private int putFloat(byte[] out, int at) {
            if (floatAt != at) {
                System.arraycopy(floatPrefix, 0, out, at, floatPrefix.length);
                floatAt = at;
            }
            INT.set(out, at + floatPrefix.length, Float.floatToRawIntBits(number));
            return at + floatPrefix.length + 4;
        }

        private int putFloats(byte[] out, int at, float[] list) {
            if (list.length == 0) {
                return open(out, at, Wire.FIELD_2, 0);
            }
            at = open(out, at, Wire.FIELD_2, Wire.delimited(4 * list.length));
            at = Wire.putHeader(out, at, Wire.FIELD_1, 4 * list.length);
            for (float value : list) {
                INT.set(out, at, Float.floatToRawIntBits(value));
                at += 4;
            }
            return at;
        }

        private int putLong(byte[] out, int at) {
            int size = Wire.varintSize(integer);
            at = open(out, at, Wire.FIELD_3, 2 + size);
            at = Wire.putHeader(out, at, Wire.FIELD_1, size);
            return Wire.putVarint(out, at, integer);
        }

        private int putLongs(byte[] out, int at, long[] list) {
            if (list.length == 0) {
                return open(out, at, Wire.FIELD_3, 0);
            }
            int size = Wire.packedSize(list);
            at = open(out, at, Wire.FIELD_3, Wire.delimited(size));
            at = Wire.putHeader(out, at, Wire.FIELD_1, size);
            for (long value : list) {
                at = Wire.putVarint(out, at, value);
            }
            return at;
        }

        private int putBytes(byte[] out, int at) {
            at = open(out, at, Wire.FIELD_1, bytesSize());
            for (byte[] value : values) {
                at = Wire.putHeader(out, at, Wire.FIELD_1, value.length);
                System.arraycopy(value, 0, out, at, value.length);
                at += value.length;
            }
            return at;
        }

        private int putRange(byte[] out, int at) {
            int length = to - from;
            if (length <= TextHead.longest(name.length)) {
                System.arraycopy(textHead, 0, out, at, textHead.length);
                TextHead.putLengths(out, at, textHead.length, length);
                at += textHead.length;
                System.arraycopy(source, from, out, at, length);
                return at + length;
            }
            at = open(out, at, Wire.FIELD_1, Wire.delimited(to - from));
            at = Wire.putHeader(out, at, Wire.FIELD_1, to - from);
            System.arraycopy(source, from, out, at, to - from);
            return at + to - from;
        }

        /** Writes the entry up to where the list's {@code size} bytes begin. */
        private int open(byte[] out, int at, byte list, int size) {
            int feature = Wire.delimited(size);
            at = Wire.putHeader(out, at, Wire.FIELD_1, Wire.delimited(name.length) + Wire.delimited(feature));
            at = Wire.putHeader(out, at, Wire.FIELD_1, name.length);
            System.arraycopy(name, 0, out, at, name.length);
            at = Wire.putHeader(out, at + name.length, Wire.FIELD_2, feature);
            return Wire.putHeader(out, at, list, size);
        }
    }
}
