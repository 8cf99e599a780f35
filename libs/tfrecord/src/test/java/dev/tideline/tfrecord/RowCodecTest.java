package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows must be the Examples that the general codec writes and reads, in every form. */
class RowCodecTest {

    private static final List<String> NAMES = List.of("zeta", "alpha", "a", "mid", "ä");

    private final RowEncoder encoder = new RowEncoder(NAMES);
    private final RowDecoder decoder = new RowDecoder(NAMES);

    @Test
    void encodesScalarsAsTheGeneralCodecDoes() {
        encoder.set(0, 1.5f);
        encoder.set(1, -7L);
        encoder.set(2, "grün");
        encoder.set(4, 300L);

        assertThat(encoder.encode()).isEqualTo(Example.of(Map.of("zeta", Feature.floats(1.5f), "alpha", Feature.longs(-7),
                "a", Feature.text("grün"), "ä", Feature.longs(300))).encode());
    }

    @Test
    void encodesRandomRowsAsTheGeneralCodecDoes() {
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            TreeMap<String, Feature> features = randomRow(random);

            assertThat(encoder.encode()).isEqualTo(Example.of(features).encode());
        }
    }

    @Test
    void forgetsARowOnceItIsEncoded() {
        encoder.set(0, 1f);
        encoder.encode();

        assertThat(encoder.encode()).isEqualTo(Example.of(Map.of()).encode());
    }

    @Test
    void writesARowAsARecord(@TempDir Path folder) throws IOException {
        encoder.set(0, new float[100_000]);
        try (TfRecordWriter writer = TfRecordWriter.create(folder.resolve("rows"))) {
            encoder.encodeTo(writer);
        }

        try (TfRecordReader reader = TfRecordReader.open(folder.resolve("rows"))) {
            assertThat(reader.next()).isEqualTo(Example.of(Map.of("zeta", Feature.floats(new float[100_000]))).encode());
        }
    }

    /** A row that could not be encoded has left parts of itself where the next one goes. */
    @Test
    void encodesTheNextRowAfterOneThatFailed() {
        for (int i = 0; i < 2; i++) {
            encoder.set(0, 1f);
            encoder.set(1, 2f);
            encoder.set(2, 3f);
            encoder.encode();
            encoder.set(2, new float[9]);
            encoder.set(1, new byte[][] {null});
            assertThatThrownBy(encoder::encode).isInstanceOf(NullPointerException.class);
            encoder.clear();
        }
        encoder.set(0, 4f);
        encoder.set(1, 5f);
        encoder.set(2, 6f);

        assertThat(encoder.encode()).isEqualTo(Example.of(Map.of("zeta", Feature.floats(4), "alpha", Feature.floats(5), "a", Feature.floats(6))).encode());
    }

    @Test
    void refusesARepeatedName() {
        assertThatThrownBy(() -> new RowEncoder(List.of("a", "a"))).hasMessage("names: [a, a] (expected: names that differ)");
    }

    @Test
    void decodesRandomRows() {
        Random random = new Random(4);
        for (int i = 0; i < 2_000; i++) {
            TreeMap<String, Feature> features = randomRow(random);
            decoder.decode(encoder.encode());

            for (int feature = 0; feature < NAMES.size(); feature++) {
                assertThat(decoder.feature(feature)).isEqualTo(features.get(NAMES.get(feature)));
            }
        }
    }

    @Test
    void readsScalars() {
        encoder.set(0, -0.5f);
        encoder.set(1, Long.MIN_VALUE);
        encoder.set(2, "x".repeat(500));
        decoder.decode(encoder.encode());

        assertThat(decoder.floatValue(0)).isEqualTo(-0.5f);
        assertThat(decoder.longValue(1)).isEqualTo(Long.MIN_VALUE);
        assertThat(decoder.text(2)).isEqualTo("x".repeat(500));
        assertThat(decoder.present(3)).isFalse();
    }

    @Test
    void saysWhatAScalarIsInstead() {
        encoder.set(0, new long[] {1, 2});
        decoder.decode(encoder.encode());

        assertThatThrownBy(() -> decoder.floatValue(0)).hasMessage("zeta: [1, 2] (expected: one float)");
    }

    @Test
    void skipsFeaturesThatItDoesNotKnow() {
        decoder.decode(Example.of(Map.of("other", Feature.longs(1), "alpha", Feature.longs(2))).encode());

        assertThat(decoder.longValue(1)).isEqualTo(2);
    }

    @Test
    void refusesWhatTheGeneralDecoderRefusesAndReadsTheRestAlike() {
        Random random = new Random(5);
        for (int i = 0; i < 30_000; i++) {
            randomRow(random);
            byte[] bytes = encoder.encode();
            for (int flips = random.nextInt(1, 4); flips > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(throughRows(bytes)).as(() -> Arrays.toString(bytes)).isEqualTo(throughExample(bytes));
        }
    }

    private String throughRows(byte[] bytes) {
        try {
            decoder.decode(bytes);
        } catch (MalformedExampleException refused) {
            return "refused";
        }
        TreeMap<String, Feature> features = new TreeMap<>();
        for (int feature = 0; feature < NAMES.size(); feature++) {
            if (decoder.feature(feature) instanceof Feature found) {
                features.put(NAMES.get(feature), found);
            }
        }
        return features.toString();
    }

    private static String throughExample(byte[] bytes) {
        try {
            TreeMap<String, Feature> features = new TreeMap<>(Example.decode(bytes).features());
            features.keySet().retainAll(NAMES);
            return features.toString();
        } catch (MalformedExampleException refused) {
            return "refused";
        }
    }

    /** Sets random features on the encoder and returns them. */
    private TreeMap<String, Feature> randomRow(Random random) {
        TreeMap<String, Feature> features = new TreeMap<>();
        for (int feature = 0; feature < NAMES.size(); feature++) {
            int size = random.nextInt(5);
            switch (random.nextInt(4)) {
                case 0 -> {
                    float[] values = new float[size];
                    for (int i = 0; i < size; i++) {
                        values[i] = random.nextFloat();
                    }
                    encoder.set(feature, values);
                    features.put(NAMES.get(feature), new Feature.Floats(values));
                }
                case 1 -> {
                    long[] values = random.longs(size).map(value -> value >> random.nextInt(64)).toArray();
                    encoder.set(feature, values);
                    features.put(NAMES.get(feature), new Feature.Longs(values));
                }
                case 2 -> {
                    byte[][] values = new byte[size][];
                    for (int i = 0; i < size; i++) {
                        values[i] = new byte[random.nextInt(200)];
                        random.nextBytes(values[i]);
                    }
                    encoder.set(feature, values);
                    features.put(NAMES.get(feature), new Feature.Bytes(values));
                }
                default -> { }
            }
        }
        return features;
    }
}
