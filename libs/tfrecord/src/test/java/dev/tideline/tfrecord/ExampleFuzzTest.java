package dev.tideline.tfrecord;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.tideline.testing.Fuzzing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Any bytes at all: an Example or a typed error, the same for all decoders, in memory that goes with the length. */
class ExampleFuzzTest {

    /** An empty byte string costs two bytes on the wire, and an array with its place in a list in memory. */
    private static final int MEMORY_PER_BYTE = 64;
    private static final int MEMORY = 8_000_000;
    private static final List<String> NAMES = List.of("f", "l", "b", "", "c0");

    static Stream<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        seeds.add(new byte[0]);
        seeds.add(Example.of(Map.of()).encode());
        seeds.add(Example.of(Map.of("f", Feature.floats(1.5f), "l", Feature.longs(7), "b", Feature.text("x"))).encode());
        seeds.add(Example.of(Map.of("f", Feature.floats(1, 2, 3), "l", Feature.longs(-1, 300), "b", Feature.text("", "yz"), "", Feature.floats())).encode());
        new RandomRows(5).rows(4).forEach(row -> seeds.add(row.encode()));
        seeds.add(SequenceExample.of(Map.of("f", Feature.floats(1)), Map.of("l", List.of(Feature.longs(1), Feature.longs(2, 3)))).encode());
        // Unpacked numbers, parts of one list, an entry twice, a length of 2 GB, a tag of group type, a number of eleven bytes.
        Stream.of("0a0e0a0c0a016612070a05120315000000", "0a100a0e0a016c12090a07" + "1a0508010a0102", "0a0c0a0a0a016c12051a030a0101",
                "0a100a060a016c12010a0a060a016c12011a", "0affffffff07", "0b0a00", "0a0b808080808080808080808000")
                .map(HexFormat.of()::parseHex).forEach(seeds::add);
        return seeds.stream();
    }

    @MethodSource("seeds")
    @FuzzTest
    void readsAnyBytes(byte[] bytes) {
        check(bytes);
    }

    @Test
    void readsNearlyGoodBytes() {
        Fuzzing.mutate(1, 5_000, seeds().toList(), ExampleFuzzTest::check);
    }

    /** Room that grew by one part at a time would take gigabytes here. */
    @Test
    void readsAListInManyPartsInMemoryThatGoesWithItsLength() {
        byte[] bytes = parts(200_000);

        Fuzzing.allocatingAtMost(MEMORY + (long) MEMORY_PER_BYTE * bytes.length, () -> decode(bytes));
        assertThat(((Feature.Longs) ((Example) decode(bytes)).feature("l")).values()).hasSize(200_000).containsOnly(7);
    }

    /** One int64 list whose values come one by one, each packed by itself. */
    private static byte[] parts(int count) {
        byte[] bytes = new byte[64 + 3 * count];
        int list = 3 * count;
        int feature = Wire.delimited(list);
        int entry = 3 + Wire.delimited(feature);
        int at = Wire.putHeader(bytes, 0, Wire.FIELD_1, Wire.delimited(entry));
        at = Wire.putHeader(bytes, at, Wire.FIELD_1, entry);
        at = Wire.putHeader(bytes, at, Wire.FIELD_1, 1);
        bytes[at++] = 'l';
        at = Wire.putHeader(bytes, at, Wire.FIELD_2, feature);
        at = Wire.putHeader(bytes, at, Wire.FIELD_3, list);
        for (int i = 0; i < count; i++) {
            at = Wire.putHeader(bytes, at, Wire.FIELD_1, 1);
            bytes[at++] = 7;
        }
        return Arrays.copyOf(bytes, at);
    }

    private static void check(byte[] bytes) {
        long most = MEMORY + (long) MEMORY_PER_BYTE * bytes.length;
        Fuzzing.allocatingAtMost(most, () -> decode(bytes));
        Fuzzing.allocatingAtMost(most, () -> sequence(bytes));
        Object read = decode(bytes);
        decodesRowsLike(read, bytes);
        if (read instanceof Example example) {
            assertThat(Example.decode(example.encode())).isEqualTo(example);
        }
        agreesWithProtobuf(read, bytes);
    }

    /** An Example, or the exception that says why not. */
    private static Object decode(byte[] bytes) {
        try {
            return Example.decode(bytes);
        } catch (MalformedExampleException malformed) {
            assertThat(malformed.position()).isBetween(0, bytes.length);
            return malformed;
        }
    }

    private static void sequence(byte[] bytes) {
        try {
            SequenceExample sequence = SequenceExample.decode(bytes);
            assertThat(SequenceExample.decode(sequence.encode())).isEqualTo(sequence);
        } catch (MalformedExampleException malformed) {
            assertThat(malformed.position()).isBetween(0, bytes.length);
        }
    }

    private static void decodesRowsLike(Object read, byte[] bytes) {
        RowDecoder decoder = new RowDecoder(NAMES);
        try {
            decoder.decode(bytes);
        } catch (MalformedExampleException malformed) {
            assertThat(read).isInstanceOf(MalformedExampleException.class);
            return;
        }
        for (int i = 0; i < NAMES.size(); i++) {
            assertThat(decoder.feature(i)).isEqualTo(((Example) read).feature(NAMES.get(i)));
            assertThat(decoder.present(i)).isEqualTo(decoder.feature(i) instanceof Feature feature && !feature.isEmpty());
        }
    }

    private static void agreesWithProtobuf(Object read, byte[] bytes) {
        org.tensorflow.proto.Example proto;
        try {
            proto = org.tensorflow.proto.Example.parseFrom(bytes);
        } catch (InvalidProtocolBufferException refused) {
            return;
        }
        if (read instanceof MalformedExampleException malformed) {
            // Protobuf passes over groups, which no version of the format has, over the high bits of tags and lengths, and takes
            // some numbers whose tenth byte says that an eleventh follows.
            assertThat(malformed.getMessage()).matches(".*(wire type: [34] |tag: |length: (-|\\d{10,})|longer than 10 bytes).*");
        } else {
            assertThat(read).isEqualTo(Protos.example(proto));
        }
    }
}
