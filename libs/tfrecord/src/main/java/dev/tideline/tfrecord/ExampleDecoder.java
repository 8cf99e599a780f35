package dev.tideline.tfrecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Reads the protobuf wire format of an Example: fields in any order, unknown fields skipped, numbers packed or not, the last map
 * entry of a name wins, as protobuf's own parsers do.
 */
final class ExampleDecoder {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final byte[][] NO_BYTES = {};
    private static final Feature EMPTY = new Feature.Bytes(NO_BYTES);

    private final byte[] in;
    private final int end;
    private int at;

    ExampleDecoder(byte[] in) {
        this(in, 0, in.length);
    }

    /** Reads only the bytes from {@code from} up to {@code to}. */
    ExampleDecoder(byte[] in, int from, int to) {
        this.in = in;
        this.at = from;
        this.end = to;
    }

    /** The values of a bytes_list that fills the range. */
    Feature bytesList() {
        return bytesList(end);
    }

    /** The values of a packed int64 list that fills the range. */
    Feature packedLongs() {
        long[] values = new long[varints(at, end)];
        for (int i = 0; i < values.length; i++) {
            values[i] = varint(end);
        }
        return new Feature.Longs(values);
    }

    TreeMap<String, Feature> example() {
        TreeMap<String, Feature> features = new TreeMap<>();
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                features(length(end), features);
            } else {
                skip(tag, end);
            }
        }
        return features;
    }

    SequenceExample sequence() {
        TreeMap<String, Feature> context = new TreeMap<>();
        TreeMap<String, List<Feature>> lists = new TreeMap<>();
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                features(length(end), context);
            } else if (tag == Wire.tag(2, Wire.DELIMITED)) {
                int stop = length(end);
                while (at < stop) {
                    int inner = tag(stop);
                    if (inner == Wire.tag(1, Wire.DELIMITED)) {
                        listsEntry(length(stop), lists);
                    } else {
                        skip(inner, stop);
                    }
                }
            } else {
                skip(tag, end);
            }
        }
        return new SequenceExample(context, lists);
    }

    private void listsEntry(int end, TreeMap<String, List<Feature>> lists) {
        String name = "";
        List<Feature> steps = new ArrayList<>();
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                name = text(end);
            } else if (tag == Wire.tag(2, Wire.DELIMITED)) {
                int stop = length(end);
                while (at < stop) {
                    int inner = tag(stop);
                    if (inner == Wire.tag(1, Wire.DELIMITED)) {
                        steps.add(feature(length(stop)));
                    } else {
                        skip(inner, stop);
                    }
                }
            } else {
                skip(tag, end);
            }
        }
        lists.put(name, steps);
    }

    private void features(int end, TreeMap<String, Feature> features) {
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                entry(length(end), features);
            } else {
                skip(tag, end);
            }
        }
    }

    private String text(int end) {
        int stop = length(end);
        String text = new String(in, at, stop - at, StandardCharsets.UTF_8);
        at = stop;
        return text;
    }

    private void entry(int end, TreeMap<String, Feature> features) {
        String name = "";
        Feature feature = EMPTY;
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                name = text(end);
            } else if (tag == Wire.tag(2, Wire.DELIMITED)) {
                feature = feature(length(end));
            } else {
                skip(tag, end);
            }
        }
        features.put(name, feature);
    }

    private Feature feature(int end) {
        Feature feature = EMPTY;
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                feature = bytesList(length(end));
            } else if (tag == Wire.tag(2, Wire.DELIMITED)) {
                feature = floatList(length(end));
            } else if (tag == Wire.tag(3, Wire.DELIMITED)) {
                feature = longList(length(end));
            } else {
                skip(tag, end);
            }
        }
        return feature;
    }

    private Feature bytesList(int end) {
        byte[][] values = NO_BYTES;
        int count = 0;
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                int stop = length(end);
                if (count == values.length) {
                    values = Arrays.copyOf(values, grown(count, 1));
                }
                values[count++] = Arrays.copyOfRange(in, at, stop);
                at = stop;
            } else {
                skip(tag, end);
            }
        }
        return new Feature.Bytes(count == values.length ? values : Arrays.copyOf(values, count));
    }

    private Feature floatList(int end) {
        float[] values = {};
        int count = 0;
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                int stop = length(end);
                if ((stop - at) % 4 != 0) {
                    throw malformed("packed floats: " + (stop - at) + " bytes (expected: a multiple of 4)");
                }
                int more = (stop - at) / 4;
                values = Arrays.copyOf(values, count + more);
                for (; at < stop; at += 4) {
                    values[count++] = Float.intBitsToFloat((int) INT.get(in, at));
                }
            } else if (tag == Wire.tag(1, Wire.FIXED32)) {
                need(4, end);
                if (count == values.length) {
                    values = Arrays.copyOf(values, grown(count, 8));
                }
                values[count++] = Float.intBitsToFloat((int) INT.get(in, at));
                at += 4;
            } else {
                skip(tag, end);
            }
        }
        return new Feature.Floats(count == values.length ? values : Arrays.copyOf(values, count));
    }

    private Feature longList(int end) {
        long[] values = {};
        int count = 0;
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.tag(1, Wire.DELIMITED)) {
                int stop = length(end);
                values = Arrays.copyOf(values, count + varints(at, stop));
                while (at < stop) {
                    values[count++] = varint(stop);
                }
            } else if (tag == Wire.tag(1, Wire.VARINT)) {
                if (count == values.length) {
                    values = Arrays.copyOf(values, grown(count, 8));
                }
                values[count++] = varint(end);
            } else {
                skip(tag, end);
            }
        }
        return new Feature.Longs(count == values.length ? values : Arrays.copyOf(values, count));
    }

    /** Varints end in bytes without the continuation bit. */
    private int varints(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += in[i] >= 0 ? 1 : 0;
        }
        return count;
    }

    private static int grown(int size, int least) {
        return Math.max(least, size * 2);
    }

    private int tag(int end) {
        long tag = varint(end);
        if (tag >>> 3 == 0 || tag != (int) tag) {
            throw malformed("tag: " + tag + " (expected: a field number from 1)");
        }
        return (int) tag;
    }

    /** Reads a length and returns the index behind that many bytes. */
    private int length(int end) {
        long length = varint(end);
        if (length < 0 || length > end - at) {
            throw malformed("length: " + length + " (expected: 0 to " + (end - at) + ")");
        }
        return at + (int) length;
    }

    private long varint(int end) {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at >= end) {
                throw malformed("the message ends inside a number");
            }
            byte b = in[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw malformed("a number is longer than 10 bytes");
    }

    private void skip(int tag, int end) {
        switch (tag & 7) {
            case Wire.VARINT -> varint(end);
            case Wire.FIXED64 -> {
                need(8, end);
                at += 8;
            }
            case Wire.DELIMITED -> at = length(end);
            case Wire.FIXED32 -> {
                need(4, end);
                at += 4;
            }
            default -> throw malformed("wire type: " + (tag & 7) + " (expected: 0, 1, 2 or 5)");
        }
    }

    private void need(int bytes, int end) {
        if (end - at < bytes) {
            throw malformed("the message ends inside a number");
        }
    }

    private MalformedExampleException malformed(String what) {
        return new MalformedExampleException(at, what);
    }
}
