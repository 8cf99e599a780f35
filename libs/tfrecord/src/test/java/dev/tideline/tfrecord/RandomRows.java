package dev.tideline.tfrecord;

import dev.tideline.tfrecord.TensorFlowRecords.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Random columns of every kind and rows of them, with the values that are most often got wrong. */
final class RandomRows {

    private static final float[] FLOATS = {0f, -0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE,
            Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_NORMAL, 1f / 3};
    private static final long[] LONGS = {0, 1, -1, 127, 128, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MIN_VALUE, 1L << 31, 1L << 56};
    private static final byte[][] BYTES = {{}, {0}, {'a', 0, 'b'}, {(byte) 0xff, (byte) 0xfe}, {(byte) 0xc3}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            "Straße 東京 🌊".getBytes(java.nio.charset.StandardCharsets.UTF_8), {'\n'}, new byte[300]};

    private final Random random;
    private final List<Column> columns;

    RandomRows(long seed) {
        random = new Random(seed);
        columns = IntStream.range(0, 1 + random.nextInt(12)).mapToObj(i -> column("c" + i + "é".repeat(random.nextInt(2)))).toList();
    }

    List<Column> columns() {
        return columns;
    }

    /** A row may lack any column; one without a fixed width may have any number of values, none included. */
    Example row() {
        Map<String, Feature> features = new TreeMap<>();
        for (Column column : columns) {
            if (random.nextInt(5) > 0) {
                features.put(column.name(), feature(column.sample(), column.width() >= 0 ? column.width() : random.nextInt(6)));
            }
        }
        return Example.of(features);
    }

    List<Example> rows(int count) {
        return IntStream.range(0, count).mapToObj(i -> row()).toList();
    }

    /** Every column in the context, and as a list of up to four steps. */
    SequenceExample sequence() {
        TreeMap<String, List<Feature>> lists = new TreeMap<>();
        Map<String, Feature> context = new TreeMap<>();
        for (Column column : columns) {
            context.put(column.name(), feature(column.sample(), random.nextInt(4)));
            List<Feature> steps = new ArrayList<>();
            for (int step = random.nextInt(5); step > 0; step--) {
                steps.add(feature(column.sample(), random.nextInt(4)));
            }
            lists.put(column.name(), steps);
        }
        return SequenceExample.of(context, lists);
    }

    byte[] bytes(int most) {
        byte[] bytes = new byte[random.nextInt(most + 1)];
        random.nextBytes(bytes);
        return bytes;
    }

    private Column column(String name) {
        Feature sample = switch (random.nextInt(3)) {
            case 0 -> Feature.floats();
            case 1 -> Feature.longs();
            default -> Feature.text();
        };
        return new Column(name, sample, random.nextBoolean() ? 1 + random.nextInt(3) : -1);
    }

    private Feature feature(Feature sample, int size) {
        return switch (sample) {
            case Feature.Floats floats -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = random.nextInt(3) == 0 ? Float.intBitsToFloat(random.nextInt()) : FLOATS[random.nextInt(FLOATS.length)];
                }
                yield new Feature.Floats(values);
            }
            case Feature.Longs longs -> {
                long[] values = new long[size];
                Arrays.setAll(values, i -> random.nextInt(3) == 0 ? random.nextLong() >> random.nextInt(64) : LONGS[random.nextInt(LONGS.length)]);
                yield new Feature.Longs(values);
            }
            case Feature.Bytes bytes -> {
                byte[][] values = new byte[size][];
                Arrays.setAll(values, i -> random.nextInt(3) == 0 ? bytes(40) : BYTES[random.nextInt(BYTES.length)]);
                yield new Feature.Bytes(values);
            }
        };
    }
}
