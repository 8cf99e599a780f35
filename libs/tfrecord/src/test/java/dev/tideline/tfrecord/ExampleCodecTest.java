package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.tensorflow.proto.FeatureList;
import org.tensorflow.proto.FeatureLists;

/** Against TensorFlow's own protobuf classes, both ways. */
class ExampleCodecTest {

    static Stream<Example> randomExamples() {
        Random random = new Random(20261122);
        return IntStream.range(0, 400).mapToObj(i -> randomExample(random));
    }

    @ParameterizedTest
    @MethodSource("randomExamples")
    void encodesTheBytesOfProtobufsDeterministicForm(Example example) throws IOException {
        assertThat(example.encode()).isEqualTo(deterministic(Protos.proto(example)));
    }

    @ParameterizedTest
    @MethodSource("randomExamples")
    void decodesWhatProtobufEncodes(Example example) throws IOException {
        assertThat(Example.decode(deterministic(Protos.proto(example)))).isEqualTo(example);
    }

    @ParameterizedTest
    @MethodSource("randomExamples")
    void isReadByProtobuf(Example example) throws IOException {
        assertThat(org.tensorflow.proto.Example.parseFrom(example.encode())).isEqualTo(Protos.proto(example));
    }

    @ParameterizedTest
    @MethodSource("randomExamples")
    void encodesSequencesAsProtobufDoes(Example example) throws IOException {
        SequenceExample sequence = sequence(example);

        assertThat(sequence.encode()).isEqualTo(deterministic(toProto(sequence)));
    }

    @ParameterizedTest
    @MethodSource("randomExamples")
    void decodesSequencesThatProtobufEncodes(Example example) throws IOException {
        SequenceExample sequence = sequence(example);

        assertThat(SequenceExample.decode(deterministic(toProto(sequence)))).isEqualTo(sequence);
    }

    @Test
    void namesThePlaceWhereASequenceIsCutOff() {
        byte[] whole = SequenceExample.of(Map.of(), Map.of("steps", List.of(Feature.longs(1)))).encode();

        assertThatThrownBy(() -> SequenceExample.decode(java.util.Arrays.copyOf(whole, whole.length - 2)))
                .isInstanceOf(MalformedExampleException.class);
    }

    @Test
    void encodesAnEmptyExampleAsProtobufDoesWithFeaturesSet() {
        assertThat(Example.of(Map.of()).encode()).containsExactly(0x0a, 0x00);
    }

    @Test
    void decodesNoBytesAsAnEmptyExample() {
        assertThat(Example.decode(new byte[0]).features()).isEmpty();
    }

    @Test
    void decodesUnpackedNumbers() throws IOException {
        byte[] floats = fields(out -> {
            out.writeFloat(1, 1.5f);
            out.writeFloat(1, -2f);
        });
        byte[] longs = fields(out -> {
            out.writeInt64(1, -1);
            out.writeInt64(1, 7);
        });
        byte[] bytes = example(entry("f", 2, floats), entry("l", 3, longs));

        assertThat(Example.decode(bytes).features())
                .containsEntry("f", Feature.floats(1.5f, -2f)).containsEntry("l", Feature.longs(-1, 7));
    }

    @Test
    void skipsUnknownFieldsOfEveryWireType() throws IOException {
        byte[] known = entry("x", 3, fields(out -> out.writeInt64(1, 3)));
        byte[] features = fields(out -> {
            out.writeByteArray(1, known);
            out.writeInt64(9, 1);
            out.writeFixed64(10, 2);
            out.writeFixed32(11, 3);
            out.writeString(12, "skipped");
        });
        byte[] bytes = fields(out -> {
            out.writeString(7, "before");
            out.writeByteArray(1, features);
        });

        assertThat(Example.decode(bytes).features()).containsOnly(Map.entry("x", Feature.longs(3)));
    }

    @Test
    void letsTheLastEntryOfANameWin() throws IOException {
        byte[] bytes = example(entry("x", 3, fields(out -> out.writeInt64(1, 1))), entry("x", 3, fields(out -> out.writeInt64(1, 2))));

        assertThat(Example.decode(bytes).feature("x")).isEqualTo(Feature.longs(2));
    }

    @Test
    void namesThePlaceWhereAMessageIsCutOff() {
        byte[] whole = Example.of(Map.of("x", Feature.floats(1, 2, 3))).encode();
        byte[] cut = java.util.Arrays.copyOf(whole, whole.length - 1);

        assertThatThrownBy(() -> Example.decode(cut)).isInstanceOf(MalformedExampleException.class)
                .hasMessageContaining("tf.train.Example at byte 2").hasMessageContaining("length: ");
    }

    @Test
    void refusesPackedFloatsOfAnOddLength() throws IOException {
        byte[] floats = fields(out -> out.writeByteArray(1, new byte[] {1, 2, 3}));

        assertThatThrownBy(() -> Example.decode(example(entry("x", 2, floats))))
                .hasMessageContaining("packed floats: 3 bytes (expected: a multiple of 4)");
    }

    @Test
    void refusesANumberOfMoreThanTenBytes() {
        byte[] bytes = new byte[12];
        java.util.Arrays.fill(bytes, (byte) 0xff);

        assertThatThrownBy(() -> Example.decode(bytes)).hasMessageContaining("longer than 10 bytes");
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(7);
        Example seed = randomExample(random);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = seed.encode();
            for (int flips = random.nextInt(1, 5); flips > 0 && bytes.length > 0; flips--) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
            }
            assertThat(decodesOrRefuses(bytes)).isTrue();
        }
    }

    private static boolean decodesOrRefuses(byte[] bytes) {
        try {
            return Example.decode(bytes).encode().length > 0;
        } catch (MalformedExampleException refused) {
            return refused.position() <= bytes.length;
        }
    }

    private static Example randomExample(Random random) {
        TreeMap<String, Feature> features = new TreeMap<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            features.put(randomName(random), randomFeature(random));
        }
        return Example.of(features);
    }

    private static String randomName(Random random) {
        return random.ints(random.nextInt(0, 150), 0x20, 0x2ff).filter(c -> c != 0x7f)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    private static Feature randomFeature(Random random) {
        int size = random.nextInt(4) == 0 ? random.nextInt(200) : random.nextInt(4);
        switch (random.nextInt(3)) {
            case 0 -> {
                float[] values = new float[size];
                for (int i = 0; i < size; i++) {
                    values[i] = Float.intBitsToFloat(random.nextInt() & 0xff7fffff);
                }
                return new Feature.Floats(values);
            }
            case 1 -> {
                return new Feature.Longs(IntStream.range(0, size).mapToLong(i -> random.nextLong() >> random.nextInt(64)).toArray());
            }
            default -> {
                byte[][] values = new byte[size][];
                for (int i = 0; i < size; i++) {
                    values[i] = new byte[random.nextInt(300)];
                    random.nextBytes(values[i]);
                }
                return new Feature.Bytes(values);
            }
        }
    }

    /** The features of an example as context, and as steps that come once, twice, … and not at all. */
    private static SequenceExample sequence(Example example) {
        TreeMap<String, List<Feature>> lists = new TreeMap<>();
        example.features().forEach((name, feature) -> lists.put(name, java.util.Collections.nCopies(lists.size(), feature)));
        return SequenceExample.of(example.features(), lists);
    }

    private static org.tensorflow.proto.SequenceExample toProto(SequenceExample sequence) {
        FeatureLists.Builder lists = FeatureLists.newBuilder();
        sequence.lists().forEach((name, steps) -> {
            FeatureList.Builder list = FeatureList.newBuilder();
            steps.forEach(step -> list.addFeature(Protos.proto(Example.of(Map.of("x", step))).getFeatures().getFeatureOrThrow("x")));
            lists.putFeatureList(name, list.build());
        });
        return org.tensorflow.proto.SequenceExample.newBuilder()
                .setContext(Protos.proto(Example.of(sequence.context())).getFeatures()).setFeatureLists(lists).build();
    }

    private static byte[] deterministic(com.google.protobuf.MessageLite example) throws IOException {
        byte[] bytes = new byte[example.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        example.writeTo(out);
        out.checkNoSpaceLeft();
        return bytes;
    }

    private static byte[] example(byte[]... entries) throws IOException {
        byte[] features = fields(out -> {
            for (byte[] entry : entries) {
                out.writeByteArray(1, entry);
            }
        });
        return fields(out -> out.writeByteArray(1, features));
    }

    private static byte[] entry(String name, int list, byte[] values) throws IOException {
        byte[] feature = fields(out -> out.writeByteArray(list, values));
        return fields(out -> {
            out.writeString(1, name);
            out.writeByteArray(2, feature);
        });
    }

    private interface Fields {
        void writeTo(CodedOutputStream out) throws IOException;
    }

    private static byte[] fields(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.writeTo(out);
        out.flush();
        return bytes.toByteArray();
    }
}
