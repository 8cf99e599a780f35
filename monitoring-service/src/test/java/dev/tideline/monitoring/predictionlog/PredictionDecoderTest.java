package dev.tideline.monitoring.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PredictionDecoderTest {

    private static final Instant KAFKA_TIME = Instant.parse("2026-03-01T12:00:00Z");
    private static final byte[] EXAMPLE = Example.of(Map.of("x", Feature.floats(1))).encode();

    private int wrongClocks;
    private final Headers headers = new org.apache.kafka.common.header.internals.RecordHeaders();

    PredictionDecoderTest() {
        put(RecordHeaders.MODEL, "trips");
        put(RecordHeaders.MODEL_VERSION, "3");
        put(RecordHeaders.TIME, "2026-03-01T11:59:00Z");
    }

    @Test
    void readsWhatInferenceLogs() {
        assertThat(decode("r-0", EXAMPLE)).isEqualTo(new Prediction("r-0", "trips", 3, Instant.parse("2026-03-01T11:59:00Z"),
                Example.of(Map.of("x", Feature.floats(1)))));
    }

    @Test
    void takesTheIdFromItsHeaderWhenThereIsNoKey() {
        put(RecordHeaders.PREDICTION_ID, "r-9");
        assertThat(decode(null, EXAMPLE)).isInstanceOfSatisfying(Prediction.class,
                prediction -> assertThat(prediction.id()).isEqualTo("r-9"));
    }

    @Test
    void refusesAMessageWithoutAnId() {
        assertThat(reason(null, EXAMPLE)).startsWith("key: absent (expected: a prediction id of 1 to 256 characters");
    }

    @Test
    void refusesAnIdOfAnyLength() {
        assertThat(reason("x".repeat(257), EXAMPLE)).startsWith("key: xxx");
    }

    @Test
    void refusesAMessageWithoutAModel() {
        headers.remove(RecordHeaders.MODEL);
        assertThat(reason("r-0", EXAMPLE)).isEqualTo("tideline-model: absent (expected: a model name)");
    }

    @Test
    void refusesAModelNameThatCouldLeaveItsFolder() {
        put(RecordHeaders.MODEL, "../trips");
        assertThat(reason("r-0", EXAMPLE)).isEqualTo("tideline-model: ../trips (expected: a model name)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".hidden", "-x", "tríps", "a b", "a/b", "a\n"})
    void refusesWhatIsNoModelName(String model) {
        put(RecordHeaders.MODEL, model);
        assertThat(reason("r-0", EXAMPLE)).startsWith("tideline-model: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"_", "a", "Z9", "a.b-c_d", "0"})
    void takesEveryModelName(String model) {
        put(RecordHeaders.MODEL, model);
        assertThat(decode("r-0", EXAMPLE)).isInstanceOf(Prediction.class);
    }

    @Test
    void refusesAModelNameThatIsTooLong() {
        put(RecordHeaders.MODEL, "m".repeat(101));
        assertThat(reason("r-0", EXAMPLE)).startsWith("tideline-model: mmm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u0000", "a\ud800", "\udc00a", "\ud800\ud800"})
    void refusesAnIdThatNoDatabaseTakes(String id) {
        assertThat(PredictionHead.isId(id)).isFalse();
    }

    @Test
    void takesAnIdOfAnyWholeCharacters() {
        assertThat(PredictionHead.isId("Ω-\ud83d\ude00")).isTrue();
    }

    @Test
    void refusesAVersionThatIsNoNumber() {
        put(RecordHeaders.MODEL_VERSION, "latest");
        assertThat(reason("r-0", EXAMPLE)).isEqualTo("tideline-model-version: latest (expected: a whole number from 0)");
    }

    @Test
    void refusesBytesThatAreNoExample() {
        assertThat(reason("r-0", new byte[] {1, 2, 3})).startsWith("value: ");
    }

    @Test
    void takesKafkasTimeWhenTheSendersClockIsFarAhead() {
        put(RecordHeaders.TIME, "2099-01-01T00:00:00Z");
        assertThat(time()).isEqualTo(KAFKA_TIME);
        assertThat(wrongClocks).isEqualTo(1);
    }

    @Test
    void takesKafkasTimeWhenTheHeaderIsUnreadable() {
        put(RecordHeaders.TIME, "yesterday");
        assertThat(time()).isEqualTo(KAFKA_TIME);
        assertThat(wrongClocks).isEqualTo(1);
    }

    @Test
    void takesKafkasTimeOfASenderThatSaysNone() {
        headers.remove(RecordHeaders.TIME);
        assertThat(time()).isEqualTo(KAFKA_TIME);
        assertThat(wrongClocks).isZero();
    }

    @Test
    void aWrongClockOfAnUnreadableMessageIsNotCounted() {
        put(RecordHeaders.TIME, "yesterday");
        assertThat(reason("r-0", new byte[] {1, 2, 3})).startsWith("value: ");
        assertThat(wrongClocks).isZero();
    }

    @Test
    void keepsTimesOfTheFarPast() {
        put(RecordHeaders.TIME, "1998-05-01T00:00:00Z");
        assertThat(time()).isEqualTo(Instant.parse("1998-05-01T00:00:00Z"));
        assertThat(wrongClocks).isZero();
    }

    private Instant time() {
        return decode("r-0", EXAMPLE) instanceof Prediction prediction ? prediction.time() : Instant.MIN;
    }

    private String reason(String key, byte[] value) {
        return decode(key, value) instanceof LogEntry.Unreadable bad ? bad.reason() : "readable";
    }

    private LogEntry decode(String key, byte[] value) {
        return PredictionDecoder.decode(key, value, headers, KAFKA_TIME, () -> wrongClocks++);
    }

    private void put(String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
