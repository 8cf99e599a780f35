package dev.tideline.inference.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PredictionLogTest {

    private static final Duration FLUSH = Duration.ofSeconds(5);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<String> written = new CopyOnWriteArrayList<>();

    private static Prediction prediction(String id, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {
        Signature signature = new Signature("serving_default", "", new TreeMap<>(), new TreeMap<>(), Map.of());
        return new Prediction(id, new ServableId("m", 3), signature, "abc", Instant.parse("2026-01-02T03:04:05Z"), Map.of(), inputs, outputs);
    }

    private static Prediction floats(String id, int rows) {
        return prediction(id, Map.of("x", Tensor.floats(Shape.of(rows), new float[rows])), Map.of());
    }

    private double dropped() {
        return registry.find("tideline.inference.log.dropped").counters().stream().mapToDouble(c -> c.count()).sum();
    }

    private PredictionLog log(long maxBytes, PredictionSinkBody body) {
        return log(new Choice(1, Map.of()), maxBytes, body);
    }

    private PredictionLog log(Choice choice, long maxBytes, PredictionSinkBody body) {
        return new PredictionLog(choice, new PredictionRecords(Set.of()), new PredictionSink() {
            @Override
            public void write(LogRecord record) {
                body.write(record);
                written.add(record.id());
            }

            @Override
            public void idle() {}

            @Override
            public void close(Duration patience) {}
        }, new LogMetrics(registry), maxBytes, FLUSH);
    }

    private interface PredictionSinkBody {
        void write(LogRecord record);
    }

    @Test
    void writesInOrderAndFlushesWhenClosed() {
        try (PredictionLog log = log(1_000_000, p -> { })) {
            for (int i = 0; i < 100; i++) {
                log.predicted(floats("r" + i, 1));
            }
        }
        assertThat(written).hasSize(100).startsWith("r0-0", "r1-0").endsWith("r99-0");
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
        assertThat(written).contains("later-0");
    }

    @Test
    void failingSinkCostsItsRowsAndNothingElse() {
        try (PredictionLog log = log(1_000_000, p -> {
            if (p.id().startsWith("bad")) {
                throw new IllegalStateException("sink");
            }
        })) {
            log.predicted(floats("bad", 5));
            log.predicted(floats("good", 1));
        }
        assertThat(written).containsExactly("good-0");
        assertThat(dropped()).isEqualTo(5);
    }

    @Test
    @DisplayName("Q01: sampling")
    void logsTheShareOfRequestsThatWasAskedFor() {
        Choice choice = new Choice(0.25, Map.of("m", 0.5, "all", 1.0, "none", 0.0));
        List<String> ids = IntStream.range(0, 10_000).mapToObj(i -> "7f3a-" + Integer.toString(i, 36)).toList();

        assertThat(ids.stream().filter(id -> choice.takes("other", id)).count()).isBetween(2_300L, 2_700L);
        assertThat(ids.stream().filter(id -> choice.takes("m", id)).count()).isBetween(4_800L, 5_200L);
        assertThat(ids).allMatch(id -> choice.takes("all", id)).noneMatch(id -> choice.takes("none", id));
        try (PredictionLog log = log(choice, 100_000_000, p -> { })) {
            ids.forEach(id -> log.predicted(floats(id, 1)));
        }
        assertThat(written).hasSize((int) ids.stream().filter(id -> choice.takes("m", id)).count());
        assertThat(dropped()).isZero();
    }
}
