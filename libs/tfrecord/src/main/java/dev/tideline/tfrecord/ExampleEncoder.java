package dev.tideline.tfrecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes an Example in one pass over exactly sized memory. Wire format: Example.features = 1; Features.feature = 1 (map entries
 * key = 1, value = 2); Feature.bytes_list = 1, float_list = 2, int64_list = 3; each list's value = 1, numbers packed.
 */
final class ExampleEncoder {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte FIELD_1 = 0x0a;
    private static final byte FIELD_2 = 0x12;
    private static final byte FIELD_3 = 0x1a;

    private final byte[] out;
    private int at;

    private ExampleEncoder(int size) {
        out = new byte[size];
    }

    static byte[] encode(SortedMap<String, Feature> features) {
        int count = features.size();
        byte[][] names = new byte[count][];
        int[] lists = new int[count];
        int body = 0;
        int i = 0;
        for (Map.Entry<String, Feature> entry : features.entrySet()) {
            names[i] = entry.getKey().getBytes(StandardCharsets.UTF_8);
            lists[i] = listSize(entry.getValue());
            body += delimited(entrySize(names[i], lists[i]));
            i++;
        }
        ExampleEncoder encoder = new ExampleEncoder(delimited(body));
        encoder.header(FIELD_1, body);
        i = 0;
        for (Feature feature : features.values()) {
            encoder.header(FIELD_1, entrySize(names[i], lists[i]));
            encoder.bytes(FIELD_1, names[i]);
            encoder.header(FIELD_2, delimited(lists[i]));
            encoder.list(feature, lists[i]);
            i++;
        }
        return encoder.out;
    }

    private static int entrySize(byte[] name, int list) {
        return delimited(name.length) + delimited(delimited(list));
    }

    /** Size of a length-delimited field with a one-byte tag. */
    private static int delimited(int length) {
        return 1 + varintSize(length) + length;
    }

    private static int listSize(Feature feature) {
        return switch (feature) {
            case Feature.Floats floats -> floats.isEmpty() ? 0 : delimited(4 * floats.size());
            case Feature.Longs longs -> longs.isEmpty() ? 0 : delimited(packedSize(longs.values()));
            case Feature.Bytes bytes -> {
                int size = 0;
                for (byte[] value : bytes.values()) {
                    size += delimited(value.length);
                }
                yield size;
            }
        };
    }

    private static int packedSize(long[] values) {
        int size = 0;
        for (long value : values) {
            size += varintSize(value);
        }
        return size;
    }

    private static int varintSize(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    private void list(Feature feature, int size) {
        switch (feature) {
            case Feature.Floats floats -> {
                header(FIELD_2, size);
                if (!floats.isEmpty()) {
                    header(FIELD_1, 4 * floats.size());
                    for (float value : floats.values()) {
                        INT.set(out, at, Float.floatToRawIntBits(value));
                        at += 4;
                    }
                }
            }
            case Feature.Longs longs -> {
                header(FIELD_3, size);
                if (!longs.isEmpty()) {
                    header(FIELD_1, packedSize(longs.values()));
                    for (long value : longs.values()) {
                        varint(value);
                    }
                }
            }
            case Feature.Bytes bytes -> {
                header(FIELD_1, size);
                for (byte[] value : bytes.values()) {
                    bytes(FIELD_1, value);
                }
            }
        }
    }

    private void header(byte tag, int length) {
        out[at++] = tag;
        varint(length);
    }

    private void bytes(byte tag, byte[] value) {
        header(tag, value.length);
        System.arraycopy(value, 0, out, at, value.length);
        at += value.length;
    }

    private void varint(long value) {
        while ((value & ~0x7fL) != 0) {
            out[at++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        out[at++] = (byte) value;
    }
}
