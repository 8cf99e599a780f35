package dev.tideline.tfrecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code tf.train.Example} bytes of rows that share a list of features, without an object per feature. The common form
 * (one packed list per feature, any order of entries) is read in place; any other valid form goes through {@link Example}.
 * Reused from row to row; not thread-safe.
 */
public final class RowDecoder {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[] NOTHING = {};

    private final byte[][] names;
    private final String[] texts;
    /** Feature at each place of the last row: rows of one writer have their features in the same places. */
    private final int[] order;
    private final byte[] list;
    private final int[] from;
    private final int[] to;
    private byte[] in = NOTHING;
    private @Nullable Example other;
    private int at;

    /** @param names features by index; features of a row outside of them are skipped */
    public RowDecoder(List<String> names) {
        texts = names.toArray(String[]::new);
        this.names = names.stream().map(name -> name.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
        order = new int[texts.length];
        list = new byte[texts.length];
        from = new int[texts.length];
        to = new int[texts.length];
    }

    /**
     * Takes a row; the bytes must not change while it is read.
     *
     * @throws MalformedExampleException when they are no {@code tf.train.Example}
     */
    public void decode(byte[] bytes) {
        in = bytes;
        other = null;
        if (!inPlace()) {
            other = Example.decode(bytes);
        }
    }

    /** Whether the row has at least one value of the feature. */
    public boolean present(int feature) {
        return other == null ? to[feature] > from[feature] : feature(feature) instanceof Feature found && !found.isEmpty();
    }

    /** The feature's only float. */
    public float floatValue(int feature) {
        if (other == null && list[feature] == Wire.FIELD_2 && to[feature] - from[feature] == 4) {
            return Float.intBitsToFloat((int) INT.get(in, from[feature]));
        }
        if (feature(feature) instanceof Feature.Floats floats && floats.size() == 1) {
            return floats.values()[0];
        }
        throw wrong(feature, "one float");
    }

    /** The feature's only integer. */
    public long longValue(int feature) {
        if (other == null && list[feature] == Wire.FIELD_3 && to[feature] > from[feature] && in[from[feature]] >= 0
                && to[feature] - from[feature] == 1) {
            return in[from[feature]];
        }
        if (feature(feature) instanceof Feature.Longs longs && longs.size() == 1) {
            return longs.values()[0];
        }
        throw wrong(feature, "one integer");
    }

    /** The feature's only byte string, as UTF-8 text. */
    public String text(int feature) {
        if (other == null && list[feature] == Wire.FIELD_1 && to[feature] > from[feature]) {
            at = from[feature] + 1;
            int length = shortLength(to[feature]);
            if (length >= 0 && at + length == to[feature]) {
                return new String(in, at, length, StandardCharsets.UTF_8);
            }
        }
        if (feature(feature) instanceof Feature.Bytes bytes && bytes.size() == 1) {
            return bytes.text(0);
        }
        throw wrong(feature, "one byte string");
    }

    /** All values of the feature; null when the row does not have it. */
    public @Nullable Feature feature(int feature) {
        if (other != null) {
            return other.feature(texts[feature]);
        }
        return switch (list[feature]) {
            case 0 -> null;
            case Wire.FIELD_1 -> new ExampleDecoder(in, from[feature], to[feature]).bytesList();
            case Wire.FIELD_2 -> {
                float[] values = new float[(to[feature] - from[feature]) / 4];
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.intBitsToFloat((int) INT.get(in, from[feature] + 4 * i));
                }
                yield new Feature.Floats(values);
            }
            default -> new ExampleDecoder(in, from[feature], to[feature]).packedLongs();
        };
    }

    private boolean inPlace() {
        Arrays.fill(list, (byte) 0);
        Arrays.fill(from, 0);
        Arrays.fill(to, 0);
        at = 0;
        int end = open(in.length, Wire.FIELD_1);
        if (end != in.length) {
            return false;
        }
        for (int place = 0; at < end; place++) {
            int entryEnd = open(end, Wire.FIELD_1);
            int nameEnd = entryEnd < 0 ? -1 : open(entryEnd, Wire.FIELD_1);
            if (nameEnd < 0) {
                return false;
            }
            int feature = find(place, nameEnd);
            at = nameEnd;
            if (open(entryEnd, Wire.FIELD_2) != entryEnd || at == entryEnd) {
                return false;
            }
            byte kind = in[at];
            if (kind != Wire.FIELD_1 && kind != Wire.FIELD_2 && kind != Wire.FIELD_3 || open(entryEnd, kind) != entryEnd) {
                return false;
            }
            if (kind != Wire.FIELD_1 && at < entryEnd && open(entryEnd, Wire.FIELD_1) != entryEnd
                    || kind == Wire.FIELD_2 && (entryEnd - at) % 4 != 0) {
                return false;
            }
            // What lies inside byte strings and integers is checked here, so that a broken row is refused as a whole.
            if (kind == Wire.FIELD_1 && !stringsFit(entryEnd) || kind == Wire.FIELD_3 && !integersFit(entryEnd)) {
                return false;
            }
            if (feature >= 0) {
                list[feature] = kind;
                from[feature] = at;
                to[feature] = entryEnd;
            }
            at = entryEnd;
        }
        return true;
    }

    private boolean stringsFit(int end) {
        int start = at;
        while (at < end) {
            int stop = open(end, Wire.FIELD_1);
            if (stop < 0) {
                return false;
            }
            at = stop;
        }
        at = start;
        return true;
    }

    private boolean integersFit(int end) {
        int run = 0;
        for (int i = at; i < end; i++) {
            run = in[i] < 0 ? run + 1 : 0;
            if (run > 9) {
                return false;
            }
        }
        return run == 0;
    }

    /** Reads a tag and a length and returns where the field ends; -1 when that is not what stands here. */
    private int open(int end, byte tag) {
        if (at >= end || in[at] != tag) {
            return -1;
        }
        at++;
        int length = shortLength(end);
        return length < 0 || length > end - at ? -1 : at + length;
    }

    /** A length of up to four bytes, or -1. */
    private int shortLength(int end) {
        int value = 0;
        for (int shift = 0; shift < 28 && at < end; shift += 7) {
            byte b = in[at++];
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        return -1;
    }

    private boolean matches(int feature, int nameEnd) {
        return Arrays.equals(names[feature], 0, names[feature].length, in, at, nameEnd);
    }

    private int find(int place, int nameEnd) {
        if (place < order.length && matches(order[place], nameEnd)) {
            return order[place];
        }
        for (int feature = 0; feature < names.length; feature++) {
            if (matches(feature, nameEnd)) {
                if (place < order.length) {
                    order[place] = feature;
                }
                return feature;
            }
        }
        return -1;
    }

    private IllegalArgumentException wrong(int feature, String expected) {
        return new IllegalArgumentException(texts[feature] + ": " + feature(feature) + " (expected: " + expected + ")");
    }
}
