package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class CanonicalRowTest {

    private static final List<String> NAMES = List.of("x", "many", "label", "text", "opt");

    private CanonicalRow row = new CanonicalRow(NAMES);

    /** Rows one after the other, since what was learned from one must not be believed of the next. */
    @RepeatedTest(20)
    void readsWhatWasEncoded(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 500; i++) {
            Example example = random(random);

            assertThat(row.read(example.encode())).isTrue();
            assertThat(Example.of(features())).isEqualTo(example);
        }
    }

    /** Whatever is taken must be what the general way would write, so that the bytes can be kept as they are. */
    @RepeatedTest(20)
    void takesNoBytesThatWouldBeWrittenDifferently(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        int taken = 0;
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = random(random).encode();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            if (row.read(bytes)) {
                taken++;
                assertThat(Example.decode(bytes).encode()).isEqualTo(bytes);
                assertThat(Example.of(features())).isEqualTo(Example.decode(bytes));
            }
        }
        assertThat(taken).isPositive();
    }

    @Test
    void keepsOneLayoutWhileOnlyNumbersAndTextDiffer() {
        assertThat(row.read(like(1).encode())).isTrue();
        int layout = row.layout();

        for (int i = 2; i < 100; i++) {
            assertThat(row.read(like(i).encode())).isTrue();
            assertThat(row.layout()).isEqualTo(layout);
            assertThat(row.floatAt(0)).isEqualTo(i);
            assertThat(Example.of(features())).isEqualTo(like(i));
        }
        assertThat(List.of(row.fixed(0), row.fixed(1), row.fixed(2), row.fixed(3), row.fixed(4))).containsExactly(true, false, true, false, true);
    }

    /** A layout that was learned must say of every damaged row what a reader says that has learned nothing. */
    @Test
    void judgesEveryChangedBitAsIfItWereTheFirstRow() {
        byte[] good = like(5).encode();
        for (int bit = 0; bit < 8 * good.length; bit++) {
            byte[] bytes = good.clone();
            bytes[bit / 8] ^= (byte) (1 << bit % 8);
            CanonicalRow fresh = new CanonicalRow(NAMES);
            assertThat(row.read(good)).isTrue();
            assertThat(row.fixed(0) && row.fixed(2) && row.fixed(4)).as("before bit %d", bit).isTrue();

            boolean taken = row.read(bytes);

            assertThat(taken).as("bit %d", bit).isEqualTo(fresh.read(bytes));
            if (taken) {
                assertThat(Example.of(features())).as("bit %d", bit).isEqualTo(Example.decode(bytes));
                // A good row of another layout teaches; the next bit shall meet a reader that knows the first one.
                row = new CanonicalRow(NAMES);
            }
        }
    }

    @Test
    void stopsLearningWhenFeaturesComeAndGo() {
        List<Example> examples = List.of(like(1), Example.of(Map.of("x", Feature.floats(1), "label", Feature.longs(300))),
                Example.of(Map.of("opt", Feature.floats(1))), Example.of(Map.of("label", Feature.longs(2), "opt", Feature.floats(1, 2))));
        for (int i = 0; i < 100; i++) {
            Example example = examples.get(i % examples.size());
            assertThat(row.read(example.encode())).isTrue();
            assertThat(Example.of(features())).isEqualTo(example);
        }

        assertThat(row.layout()).isLessThan(10);
    }

    private static Example like(int i) {
        return Example.of(Map.of("x", Feature.floats(i), "many", Feature.longs(i % 7, 1000L * i), "label", Feature.longs(i % 100),
                "text", Feature.text("a".repeat(i % 30)), "opt", Feature.floats(2, 3, i)));
    }

    @Test
    void refusesFeaturesThatAreNotOnTheList() {
        assertThat(row.read(Example.of(Map.of("x", Feature.floats(1), "other", Feature.longs(1))).encode())).isFalse();
    }

    @Test
    void refusesEmptyLists() {
        assertThat(row.read(Example.of(Map.of("x", Feature.floats())).encode())).isFalse();
    }

    @Test
    void refusesNumbersOfMoreBytesThanTheyNeed() {
        byte[] one = Example.of(Map.of("label", Feature.longs(1))).encode();
        byte[] padded = Arrays.copyOf(one, one.length + 1);
        padded[one.length - 1] = (byte) 0x81;
        // Every length around the number grows by one.
        for (int at : new int[] {1, 3, 12, 14, 16}) {
            padded[at]++;
        }

        assertThat(Example.decode(padded)).isEqualTo(Example.decode(one));
        assertThat(row.read(padded)).isFalse();
    }

    @Test
    void refusesEntriesOutOfOrder() {
        byte[] a = Example.of(Map.of("label", Feature.longs(1))).encode();
        byte[] b = Example.of(Map.of("x", Feature.floats(1))).encode();
        byte[] turned = new byte[a.length + b.length - 2];
        System.arraycopy(b, 0, turned, 0, b.length);
        System.arraycopy(a, 2, turned, b.length, a.length - 2);
        turned[1] = (byte) (turned.length - 2);

        assertThat(Example.decode(turned).features()).hasSize(2);
        assertThat(row.read(turned)).isFalse();
    }

    private Map<String, Feature> features() {
        Map<String, Feature> features = new TreeMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            row.open(i);
            switch (row.values(i)) {
                case ABSENT -> { }
                case FLOATS -> features.put(NAMES.get(i), floats(row.size(i)));
                case LONGS -> features.put(NAMES.get(i), longs(row.size(i)));
                case BYTES -> features.put(NAMES.get(i), texts(row.size(i)));
            }
        }
        return features;
    }

    private Feature floats(int size) {
        float[] values = new float[size];
        for (int i = 0; i < size; i++) {
            values[i] = row.nextFloat();
        }
        return Feature.floats(values);
    }

    private Feature longs(int size) {
        long[] values = new long[size];
        for (int i = 0; i < size; i++) {
            values[i] = row.nextLong();
        }
        return Feature.longs(values);
    }

    private Feature texts(int size) {
        List<byte[]> values = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            int length = row.nextBytes();
            values.add(Arrays.copyOfRange(row.bytes(), row.position(), row.position() + length));
        }
        return new Feature.Bytes(values.toArray(byte[][]::new));
    }

    private static Example random(Random random) {
        Map<String, Feature> features = new TreeMap<>();
        features.put("x", Feature.floats(random.nextFloat()));
        features.put("label", Feature.longs(random.nextInt(4) == 0 ? random.nextLong() : random.nextInt(2)));
        if (random.nextBoolean()) {
            features.put("many", Feature.longs(random.longs(1 + random.nextInt(3)).toArray()));
        }
        if (random.nextInt(4) > 0) {
            features.put("text", new Feature.Bytes(new byte[][] {"a".repeat(random.nextInt(200)).getBytes(StandardCharsets.UTF_8), {1, 2}}));
        }
        if (random.nextInt(4) > 0) {
            features.put("opt", Feature.floats(random.nextFloat(), 2, 3));
        }
        return Example.of(features);
    }
}
