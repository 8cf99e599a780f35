package dev.tideline.inference.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PredictionRecordsTest {

    private static final Map<String, String> TRACE = Map.of("traceparent", "00-a-b-01");

    private final PredictionRecords records = new PredictionRecords(Set.of());

    private static Prediction prediction(Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Signature signature = new Signature("serving_default", "", new TreeMap<>(), new TreeMap<>(), Map.of());
        return new Prediction("r", new ServableId("m", 3), signature, "abc", Instant.parse("2026-01-02T03:04:05Z"), TRACE, inputs, outputs);
    }

    private static Map<String, Feature> features(LogRecord record) {
        return Example.decode(record.example()).features();
    }

    @Test
    void makesARecordPerRow() {
        List<LogRecord> made = records.of(prediction(
                Map.of("x", Tensor.floats(Shape.of(2, 2), 1, 2, 3, 4), "b",
                        Tensor.of(DataType.BOOL, Shape.of(2), new Values.Bytes(new byte[] {1, 0}))),
                Map.of("d", Tensor.of(DataType.DOUBLE, Shape.of(2), new Values.Doubles(new double[] {0.5, 1})),
                        "i", Tensor.of(DataType.INT32, Shape.of(2), new Values.Ints(new int[] {7, 8})),
                        "scalar", Tensor.floats(Shape.SCALAR, 9))));

        assertThat(made).extracting(LogRecord::id).containsExactly("r-0", "r-1");
        assertThat(features(made.get(1))).isEqualTo(Map.of(
                "x", Feature.floats(3, 4), "b", Feature.longs(0), "output/d", Feature.floats(1), "output/i", Feature.longs(8)));
        assertThat(made.get(1).time()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z").toEpochMilli());
        assertThat(made.get(1).headers()).containsEntry("tideline-prediction-id", "r-1").containsEntry("tideline-schema-fingerprint", "abc");
        assertThat(made.get(1).servable()).isEqualTo(new ServableId("m", 3));
    }

    @Test
    void logsNothingWhenInputsHaveNoCommonRows() {
        assertThat(records.of(prediction(
                Map.of("x", Tensor.floats(Shape.of(2), 1, 2), "y", Tensor.floats(Shape.of(1), 1)), Map.of()))).isEmpty();
        assertThat(records.of(prediction(Map.of("x", Tensor.floats(Shape.SCALAR, 1)), Map.of()))).isEmpty();
    }

    @Test
    void leavesOutWhatIsRedactedAlsoInsideExamples() {
        PredictionRecords redacting = new PredictionRecords(Set.of("name", "output/score"));
        byte[] example = Example.of(Map.of("name", Feature.text("Ada"), "age", Feature.longs(36))).encode();
        Map<String, Tensor> outputs = Map.of("score", Tensor.floats(Shape.of(1), 1), "class", Tensor.longs(Shape.of(1), 2));

        assertThat(features(redacting.of(prediction(
                Map.of("name", Tensor.text(Shape.of(1), "Ada"), "age", Tensor.longs(Shape.of(1), 36)), outputs)).getFirst()))
                .isEqualTo(Map.of("age", Feature.longs(36), "output/class", Feature.longs(2)));
        assertThat(features(redacting.of(prediction(
                Map.of("inputs", Tensor.of(DataType.STRING, Shape.of(1), new Values.Strings(new byte[][] {example}))), outputs)).getFirst()))
                .isEqualTo(Map.of("age", Feature.longs(36), "output/class", Feature.longs(2)));
    }

    @Test
    void keepsTextThatIsNoExample() {
        assertThat(features(records.of(prediction(Map.of("text", Tensor.text(Shape.of(1), "hello")), Map.of())).getFirst()))
                .isEqualTo(Map.of("text", Feature.text("hello")));
    }

    @Test
    void readsBackWhatWaitsOnDisk() throws IOException {
        LogRecord record = records.of(prediction(Map.of("x", Tensor.floats(Shape.of(1), 1)), Map.of())).getFirst();

        LogRecord again = LogRecord.decode(record.encode());

        assertThat(again).usingRecursiveComparison().isEqualTo(record);
    }

    @Test
    void traceGoesWithEveryRow() {
        List<LogRecord> made = records.of(prediction(Map.of("x", Tensor.floats(Shape.of(2), 1, 2)), Map.of()));

        assertThat(made).hasSize(2).allSatisfy(record -> assertThat(record.headers()).containsEntry("traceparent", "00-a-b-01"));
    }
}
