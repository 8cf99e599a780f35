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
 * entry of a name wins and parts of one list are put together, as protobuf's own parsers do.
 */
final class ExampleDecoder {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
        FeatureValues values = new FeatureValues();
        bytesList(end, values);
        return values.feature();
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
            if (tag == Wire.FIELD_1) {
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
            if (tag == Wire.FIELD_1) {
                features(length(end), context);
            } else if (tag == Wire.FIELD_2) {
                int stop = length(end);
                while (at < stop) {
                    int inner = tag(stop);
                    if (inner == Wire.FIELD_1) {
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
            if (tag == Wire.FIELD_1) {
                name = text(end);
            } else if (tag == Wire.FIELD_2) {
                int stop = length(end);
                while (at < stop) {
                    int inner = tag(stop);
                    if (inner == Wire.FIELD_1) {
                        FeatureValues values = new FeatureValues();
                        feature(length(stop), values);
                        steps.add(values.feature());
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
            if (tag == Wire.FIELD_1) {
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
        FeatureValues values = new FeatureValues();
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.FIELD_1) {
                name = text(end);
            } else if (tag == Wire.FIELD_2) {
                feature(length(end), values);
            } else {
                skip(tag, end);
            }
        }
        features.put(name, values.feature());
    }

    private void feature(int end, FeatureValues values) {
        while (at < end) {
            int tag = tag(end);
            switch (tag) {
                case Wire.FIELD_1 -> bytesList(length(end), values);
                case Wire.FIELD_2 -> floatList(length(end), values);
                case Wire.FIELD_3 -> longList(length(end), values);
                default -> skip(tag, end);
            }
        }
    }

    private void bytesList(int end, FeatureValues values) {
        values.start(Wire.FIELD_1);
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.FIELD_1) {
                int stop = length(end);
                values.reserve(1);
                values.add(Arrays.copyOfRange(in, at, stop));
                at = stop;
            } else {
                skip(tag, end);
            }
        }
    }

    private void floatList(int end, FeatureValues values) {
        values.start(Wire.FIELD_2);
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.FIELD_1) {
                int stop = length(end);
                if ((stop - at) % 4 != 0) {
                    throw malformed("packed floats: " + (stop - at) + " bytes (expected: a multiple of 4)");
                }
                values.reserve((stop - at) / 4);
                for (; at < stop; at += 4) {
                    values.add(Float.intBitsToFloat((int) INT.get(in, at)));
                }
            } else if (tag == Wire.tag(1, Wire.FIXED32)) {
                need(4, end);
                values.reserve(1);
                values.add(Float.intBitsToFloat((int) INT.get(in, at)));
                at += 4;
            } else {
                skip(tag, end);
            }
        }
    }

    private void longList(int end, FeatureValues values) {
        values.start(Wire.FIELD_3);
        while (at < end) {
            int tag = tag(end);
            if (tag == Wire.FIELD_1) {
                int stop = length(end);
                values.reserve(varints(at, stop));
                while (at < stop) {
                    values.add(varint(stop));
                }
            } else if (tag == Wire.tag(1, Wire.VARINT)) {
                values.reserve(1);
                values.add(varint(end));
            } else {
                skip(tag, end);
            }
        }
    }

    /** Varints end in bytes without the continuation bit. */
    private int varints(int from, int to) {
        int count = 0;
        for (int i = from; i < to; i++) {
            count += in[i] >= 0 ? 1 : 0;
        }
        return count;
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
