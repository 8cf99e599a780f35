package dev.tideline.tfrecord;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * Writes an Example in one pass over exactly sized memory. Wire format: Example.features = 1; Features.feature = 1 (map entries
 * key = 1, value = 2); Feature.bytes_list = 1, float_list = 2, int64_list = 3; each list's value = 1, numbers packed.
 */
final class ExampleEncoder {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

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
            body += Wire.delimited(entrySize(names[i], lists[i]));
            i++;
        }
        ExampleEncoder encoder = new ExampleEncoder(Wire.delimited(body));
        encoder.header(Wire.FIELD_1, body);
        i = 0;
        for (Feature feature : features.values()) {
            encoder.header(Wire.FIELD_1, entrySize(names[i], lists[i]));
            encoder.bytes(Wire.FIELD_1, names[i]);
            encoder.header(Wire.FIELD_2, Wire.delimited(lists[i]));
            encoder.list(feature, lists[i]);
            i++;
        }
        return encoder.out;
    }

    /** A SequenceExample: context = 1 has the form of Example.features; feature_lists = 2 maps names to lists of features. */
    static byte[] encode(SortedMap<String, Feature> context, SortedMap<String, List<Feature>> lists) {
        byte[] first = encode(context);
        int body = 0;
        for (Map.Entry<String, List<Feature>> entry : lists.entrySet()) {
            body += Wire.delimited(listsEntrySize(entry));
        }
        ExampleEncoder encoder = new ExampleEncoder(first.length + Wire.delimited(body));
        System.arraycopy(first, 0, encoder.out, 0, first.length);
        encoder.at = first.length;
        encoder.header(Wire.FIELD_2, body);
        for (Map.Entry<String, List<Feature>> entry : lists.entrySet()) {
            encoder.header(Wire.FIELD_1, listsEntrySize(entry));
            encoder.bytes(Wire.FIELD_1, entry.getKey().getBytes(StandardCharsets.UTF_8));
            encoder.header(Wire.FIELD_2, stepsSize(entry.getValue()));
            for (Feature step : entry.getValue()) {
                int size = listSize(step);
                encoder.header(Wire.FIELD_1, Wire.delimited(size));
                encoder.list(step, size);
            }
        }
        return encoder.out;
    }

    private static int listsEntrySize(Map.Entry<String, List<Feature>> entry) {
        return Wire.delimited(entry.getKey().getBytes(StandardCharsets.UTF_8).length) + Wire.delimited(stepsSize(entry.getValue()));
    }

    private static int stepsSize(List<Feature> steps) {
        int size = 0;
        for (Feature step : steps) {
            size += Wire.delimited(Wire.delimited(listSize(step)));
        }
        return size;
    }

    private static int entrySize(byte[] name, int list) {
        return Wire.delimited(name.length) + Wire.delimited(Wire.delimited(list));
    }

    private static int listSize(Feature feature) {
        return switch (feature) {
            case Feature.Floats floats -> floats.isEmpty() ? 0 : Wire.delimited(4 * floats.size());
            case Feature.Longs longs -> longs.isEmpty() ? 0 : Wire.delimited(Wire.packedSize(longs.values()));
            case Feature.Bytes bytes -> {
                int size = 0;
                for (byte[] value : bytes.values()) {
                    size += Wire.delimited(value.length);
                }
                yield size;
            }
        };
    }

    private void list(Feature feature, int size) {
        switch (feature) {
            case Feature.Floats floats -> {
                header(Wire.FIELD_2, size);
                if (!floats.isEmpty()) {
                    header(Wire.FIELD_1, 4 * floats.size());
                    for (float value : floats.values()) {
                        INT.set(out, at, Float.floatToRawIntBits(value));
                        at += 4;
                    }
                }
            }
            case Feature.Longs longs -> {
                header(Wire.FIELD_3, size);
                if (!longs.isEmpty()) {
                    header(Wire.FIELD_1, Wire.packedSize(longs.values()));
                    for (long value : longs.values()) {
                        at = Wire.putVarint(out, at, value);
                    }
                }
            }
            case Feature.Bytes bytes -> {
                header(Wire.FIELD_1, size);
                for (byte[] value : bytes.values()) {
                    bytes(Wire.FIELD_1, value);
                }
            }
        }
    }

    private void header(byte tag, int length) {
        at = Wire.putHeader(out, at, tag, length);
    }

    private void bytes(byte tag, byte[] value) {
        header(tag, value.length);
        System.arraycopy(value, 0, out, at, value.length);
        at += value.length;
    }
}
