package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short way must never say anything else than the long way. */
class RowReaderTest {

    private static final Schema SCHEMA = new Schema(1, List.of(
            FeatureSpec.scalar("x", Kind.FLOAT),
            new FeatureSpec("bounded", Kind.FLOAT, List.of(), false, new Domain.Range(-1.0, 1e6), null),
            new FeatureSpec("grid", Kind.FLOAT, List.of(2, 2), false, null, null),
            new FeatureSpec("label", Kind.INT, List.of(), true, new Domain.Values(List.of("0", "1", "007", "-5")), null),
            new FeatureSpec("count", Kind.INT, List.of(), false, new Domain.Range(0.0, null), 3L),
            new FeatureSpec("weather", Kind.TEXT, List.of(), false, new Domain.Values(List.of("sun", "räin", "")), "sun"),
            new FeatureSpec("note", Kind.TEXT, List.of(), false, null, null),
            new FeatureSpec("blob", Kind.BYTES, List.of(), false, null, null)), "label", null, null);

    private static final List<String> NUMBERS = List.of("0", "-0", "-0.0", "1", "7", "-5", "1.5", "0.1", "1e3", "1E-3", "123456789012345678",
            "1234567890123456789", "12345678901234567890", "0.30000000000000004", "9007199254740993.0", "1e22", "1e23", "1e-23", "3.4e38", "3.5e38",
            "1e400", "1e99999", "01", "1.", ".5", "+1", "-", "1e", "1e+", "true", "false", "null", "\"1\"", "[1]", "NaN", "", "1 ", "{}",
            "2.2250738585072011e-308", "1.17549435E-38", "16777217", "123456789.123456789", "0.000000000000000000000000001");
    private static final List<String> TEXTS = List.of("\"sun\"", "\"räin\"", "\"rain\"", "\"\"", "\"a\\\"b\"", "\"\\u0041\"", "\"tab\t\"", "null",
            "1", "\"open", "\"日本\"", "\"😀\"", "\"sun\" ", "\"sun\"x", "'sun'", "\"sun\\n\"");

    private final RowReader reader = new RowReader(SCHEMA);
    private final RecordConverter converter = new RecordConverter(SCHEMA);

    @Test
    void takesPlainRecords() {
        assertThat(reader.json(utf8(" {\"x\" : 1.5 ,\n\"label\":1, \"grid\":[[1,2] , [3,4.5]],\"note\":\"wörd\",\"bounded\":null}\r\n"))).isNotNull();
        assertThat(reader.json(utf8("{\"label\":false,\"x\":-12.25e-3,\"weather\":\"räin\",\"count\":9}"))).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{\"x\":1,\"label\":0}}", "{\"x\":1,\"label\":0,}", "{\"x\":1,\"x\":2,\"label\":0}", "{\"x\":1,,\"label\":0}",
        "{\"x\":1 \"label\":0}", "{\"x\":1,\"label\":0,\"more\":1}", "{\"x\":1}", "{\"label\":0}", "{\"x\":1,\"label\":0", "{\"x\" 1,\"label\":0}",
        "{\"x\":1,\"label\":0,\"grid\":[[1,2],[3]]}", "{\"x\":1,\"label\":0,\"grid\":[[1,2],[3,4],[5,6]]}", "{\"x\":1,\"label\":0,\"grid\":[1,2,3,4]}",
        "{\"x\":1,\"label\":0,\"grid\":[]}", "{\"x\":1,\"label\":0} 1", "null", "{\"x\":1,\"label\":0,\"blob\":\"AAE=\"}", "{\"\\u0078\":1,\"label\":0}"})
    void agreesAboutOddRecords(String json) {
        agree(utf8(json));
    }

    @Test
    void agreesAboutEveryWayToWriteANumber() {
        for (String number : NUMBERS) {
            agree(utf8("{\"label\":1,\"x\":" + number + "}"));
            agree(utf8("{\"x\":1,\"label\":" + number + "}"));
            agree(utf8("{\"x\":1,\"label\":1,\"bounded\":" + number + "}"));
            agree(utf8("{\"x\":1,\"label\":1,\"count\":" + number + "}"));
            agree(utf8("{\"x\":1,\"label\":1,\"grid\":[[" + number + ",1],[2," + number + "]]}"));
        }
    }

    @Test
    void takesNumbersOfEveryLength() {
        String digits = "987654321012345678";
        for (int whole = 1; whole <= 17; whole++) {
            for (int fraction = 1; fraction <= 17; fraction++) {
                String number = (fraction % 2 == 0 ? "-" : "") + digits.substring(0, whole) + "." + digits.substring(0, fraction);
                for (String end : List.of("}", " }", ",\"weather\":\"sun\"}", ",\"note\":\"12345678\"}")) {
                    byte[] json = utf8("{\"label\":1,\"x\":" + number + end);
                    assertThat(reader.json(json) != null).as(number).isEqualTo(whole + fraction <= 18);
                    agree(json);
                }
            }
            byte[] integer = utf8("{\"x\":1,\"label\":1,\"count\":" + digits.substring(0, whole) + "}");
            assertThat(reader.json(integer)).isNotNull();
            agree(integer);
        }
    }

    /** One reader, rows of several layouts: what was settled for one must be asked again for the next. */
    @Test
    void checksEveryRowThoughTheOneBeforeWasGood() {
        Map<String, Feature> good = Map.of("x", Feature.floats(1), "label", Feature.longs(1), "weather", Feature.text("sun"), "count", Feature.longs(3),
                "bounded", Feature.floats(5));
        List<Map.Entry<String, Feature>> changes = List.of(Map.entry("x", Feature.longs(1)), Map.entry("x", Feature.floats(1, 2)),
                Map.entry("label", Feature.longs(2)), Map.entry("label", Feature.longs(200)), Map.entry("bounded", Feature.floats(-2)),
                Map.entry("bounded", Feature.longs(1)), Map.entry("weather", Feature.text("hail")), Map.entry("count", Feature.floats(1)));
        for (Map.Entry<String, Feature> change : changes) {
            Map<String, Feature> bad = new HashMap<>(good);
            bad.put(change.getKey(), change.getValue());
            for (int i = 0; i < 3; i++) {
                assertThat(reader.example(Example.of(good).encode())).isTrue();
                assertThat(reader.example(Example.of(bad).encode())).as("%s", change).isFalse();
            }
            Map<String, Feature> less = new HashMap<>(good);
            less.remove("bounded");
            assertThat(reader.example(Example.of(less).encode())).isTrue();
            less.remove("x");
            assertThat(reader.example(Example.of(less).encode())).isFalse();
        }
    }

    @Test
    void agreesAboutText() {
        for (String text : TEXTS) {
            agree(utf8("{\"label\":1,\"x\":1,\"weather\":" + text + "}"));
            agree(utf8("{\"label\":1,\"note\":" + text + ",\"x\":1}"));
        }
        byte[] broken = utf8("{\"label\":1,\"x\":1,\"note\":\"ab\"}");
        broken[broken.length - 4] = (byte) 0xc3;
        agree(broken);
    }

    @RepeatedTest(10)
    void agreesAboutRandomNumbers(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 2_000; i++) {
            String number = switch (random.nextInt(4)) {
                case 0 -> Float.toString(Float.intBitsToFloat(random.nextInt()));
                case 1 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
                case 2 -> Long.toString(random.nextLong() >> random.nextInt(60));
                default -> "%.{n}f".replace("{n}", "" + random.nextInt(20)).formatted(random.nextGaussian() * Math.pow(10, random.nextInt(8)));
            };
            agree(utf8("{\"label\":1,\"x\":" + number + ",\"bounded\":" + number + "}"));
        }
    }

    @RepeatedTest(10)
    void agreesAboutDamagedRecords(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        for (int i = 0; i < 2_000; i++) {
            byte[] json = utf8("{\"x\":1.25,\"label\":1,\"grid\":[[1,2],[3,4]],\"note\":\"nöte\",\"weather\":\"sun\",\"count\":12}");
            for (int edits = random.nextInt(3); edits >= 0; edits--) {
                json[random.nextInt(json.length)] = "{}[],:\"\\ 0123456789.eE-+tfn\u00e4".getBytes(StandardCharsets.ISO_8859_1)[random.nextInt(28)];
            }
            agree(json);
        }
    }

    @Test
    void agreesAboutExamples() {
        List<Map<String, Feature>> features = List.of(
                Map.of("x", Feature.floats(1), "label", Feature.longs(1), "weather", Feature.text("sun"), "count", Feature.longs(3)),
                Map.of("x", Feature.floats(1), "label", Feature.longs(2), "weather", Feature.text("sun"), "count", Feature.longs(3)),
                Map.of("x", Feature.floats(1), "label", Feature.longs(7), "weather", Feature.text("sun"), "count", Feature.longs(3)),
                Map.of("x", Feature.floats(1), "label", Feature.longs(-5), "weather", Feature.text("räin"), "count", Feature.longs(-1)),
                Map.of("x", Feature.floats(1), "label", Feature.longs(1), "weather", Feature.text("hail"), "count", Feature.longs(3)),
                Map.of("x", Feature.floats(1, 2), "label", Feature.longs(1), "weather", Feature.text("sun"), "count", Feature.longs(3)),
                Map.of("x", Feature.longs(1), "label", Feature.longs(1), "weather", Feature.text("sun"), "count", Feature.longs(3)),
                Map.of("x", Feature.floats(1), "label", Feature.longs(1)),
                Map.of("x", Feature.floats(1), "label", Feature.longs(1), "bounded", Feature.floats(Float.NaN)),
                Map.of("x", Feature.floats(Float.NaN), "label", Feature.longs(1), "weather", Feature.text("sun"), "count", Feature.longs(3)),
                Map.of("x", Feature.floats(1), "label", Feature.longs(1), "grid", Feature.floats(1, 2, 3, 4), "weather", Feature.text(""),
                        "count", Feature.longs(0), "blob", new Feature.Bytes(new byte[][] {{0, -1}})),
                Map.of("x", Feature.floats(1), "label", Feature.longs(1), "other", Feature.longs(1)),
                Map.of());
        int taken = 0;
        for (Map<String, Feature> record : features) {
            byte[] bytes = Example.of(record).encode();
            if (reader.example(bytes)) {
                taken++;
                assertThat(converter.check(Example.decode(bytes))).isEqualTo(new Conversion.Converted(Example.decode(bytes)));
            }
        }
        assertThat(taken).isEqualTo(3);
    }

    private void agree(byte[] json) {
        byte[] encoded = reader.json(json);
        if (encoded != null) {
            assertThat(converter.fromJson(json)).as(new String(json, StandardCharsets.UTF_8)).isInstanceOfSatisfying(Conversion.Converted.class,
                    converted -> assertThat(converted.example().encode()).isEqualTo(encoded));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
