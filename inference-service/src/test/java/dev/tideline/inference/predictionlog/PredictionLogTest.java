package dev.tideline.inference.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class PredictionLogTest {

    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> written = new CopyOnWriteArrayList<>();

    private static Prediction prediction(String id, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Signature signature = new Signature("serving_default", "", new TreeMap<>(), new TreeMap<>(), Map.of());
        return new Prediction(id, new ServableId("m", 3), signature, "abc", Instant.parse("2026-01-02T03:04:05Z"), inputs, outputs);
    }

    private static Prediction floats(String id, int rows) {
        return prediction(id, Map.of("x", Tensor.floats(Shape.of(rows), new float[rows])), Map.of());
    }

    private double dropped() {
        return registry.find("tideline.inference.log.dropped").counters().stream().mapToDouble(c -> c.count()).sum();
    }

    private PredictionLog log(long maxBytes, PredictionSinkBody body) {
        return new PredictionLog(new PredictionSink() {
            @Override
            public void write(Prediction prediction) {
                body.write(prediction);
                written.add(prediction.requestId());
            }

            @Override
            public void close(Duration patience) {}
        }, new LogMetrics(registry), maxBytes, FLUSH);
    }

    private interface PredictionSinkBody {
        void write(Prediction prediction);
    }

    @Test
    void writesInOrderAndFlushesWhenClosed() {
        try (PredictionLog log = log(1_000_000, p -> { })) {
            for (int i = 0; i < 100; i++) {
                log.predicted(floats("r" + i, 1));
            }
        }
        assertThat(written).hasSize(100).startsWith("r0", "r1").endsWith("r99");
        assertThat(dropped()).isZero();
    }

    @Test
    void dropsAndCountsRowsWhenItsThreadCannotKeepUp() {
        CountDownLatch gate = new CountDownLatch(1);
        try (PredictionLog log = log(2_000, p -> {
            try {
                gate.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        })) {
            for (int i = 0; i < 20; i++) {
                log.predicted(floats("r" + i, 2));
            }
            assertThat(dropped()).isGreaterThanOrEqualTo(2 * 14);
            gate.countDown();
            await().atMost(FLUSH).until(() -> written.size() >= 3);
            log.predicted(floats("later", 1));
        }
        assertThat(written).contains("later");
    }

    @Test
    void failingSinkCostsItsRowsAndNothingElse() {
        try (PredictionLog log = log(1_000_000, p -> {
            if (p.requestId().equals("bad")) {
                throw new IllegalStateException("sink");
            }
        })) {
            log.predicted(floats("bad", 5));
            log.predicted(floats("good", 1));
        }
        assertThat(written).containsExactly("good");
        assertThat(dropped()).isEqualTo(5);
    }

    @Test
    void makesARecordPerRow() {
        List<ProducerRecord<String, byte[]>> records = PredictionRecords.of(prediction("r",
                Map.of("x", Tensor.floats(Shape.of(2, 2), 1, 2, 3, 4), "b",
                        Tensor.of(DataType.BOOL, Shape.of(2), new Values.Bytes(new byte[] {1, 0}))),
                Map.of("d", Tensor.of(DataType.DOUBLE, Shape.of(2), new Values.Doubles(new double[] {0.5, 1})),
                        "i", Tensor.of(DataType.INT32, Shape.of(2), new Values.Ints(new int[] {7, 8})),
                        "scalar", Tensor.floats(Shape.SCALAR, 9))));

        assertThat(records).extracting(ProducerRecord::key).containsExactly("r-0", "r-1");
        assertThat(records).extracting(ProducerRecord::topic).containsOnly("tideline.predictions");
        assertThat(Example.decode(records.get(1).value()).features()).isEqualTo(Map.of(
                "x", Feature.floats(3, 4), "b", Feature.longs(0), "output/d", Feature.floats(1), "output/i", Feature.longs(8)));
        assertThat(records.get(1).timestamp()).isEqualTo(Instant.parse("2026-01-02T03:04:05Z").toEpochMilli());
        assertThat(new String(records.get(1).headers().lastHeader("tideline-prediction-id").value(), StandardCharsets.UTF_8)).isEqualTo("r-1");
        assertThat(new String(records.get(1).headers().lastHeader("tideline-schema-fingerprint").value(), StandardCharsets.UTF_8)).isEqualTo("abc");
    }

    @Test
    void logsNothingWhenInputsHaveNoCommonRows() {
        assertThat(PredictionRecords.of(prediction("r",
                Map.of("x", Tensor.floats(Shape.of(2), 1, 2), "y", Tensor.floats(Shape.of(1), 1)), Map.of()))).isEmpty();
        assertThat(PredictionRecords.of(prediction("r", Map.of("x", Tensor.floats(Shape.SCALAR, 1)), Map.of()))).isEmpty();
    }
}
