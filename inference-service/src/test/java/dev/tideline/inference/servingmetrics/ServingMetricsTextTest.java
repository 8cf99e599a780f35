package dev.tideline.inference.servingmetrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a dashboard made for TensorFlow Serving asks for. */
class ServingMetricsTextTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    ServingMetricsTextTest() {
        registry.config().meterFilter(new BucketFilter());
    }

    private Stream<String> lines() {
        return new ServingMetricsText(registry).write().lines();
    }

    private void request(String model, String door, String api, String code, int micros) {
        registry.timer(ServingMetricsText.REQUESTS, "model", model, "version", "1", "signature", "s", "door", door, "api", api, "code", code)
                .record(Duration.ofNanos(micros * 1000L));
    }

    @ParameterizedTest
    @CsvSource({
        ":tensorflow:serving:request_count, counter", ":tensorflow:serving:request_latency, histogram",
        ":tensorflow:serving:runtime_latency, histogram", ":tensorflow:serving:request_example_counts, histogram",
        ":tensorflow:serving:request_example_count_total, counter", ":tensorflow:serving:request_log_count, counter",
        ":tensorflow:serving:model_warmup_latency, histogram", ":tensorflow:serving:model_warmup_records_read, counter",
        ":tensorflow:serving:batching_session:queuing_latency, histogram", ":tensorflow:serving:batching_session:wrapped_run_count, counter",
        ":tensorflow:serving:batching_session:input_batch_size, histogram", ":tensorflow:serving:batching_session:padding_size, histogram",
        ":tensorflow:serving:batching_session:processed_batch_size, histogram", ":tensorflow:cc:saved_model:load_attempt_count, counter",
        ":tensorflow:cc:saved_model:load_latency, counter", ":tensorflow:core:graph_runs, counter",
        ":tensorflow:core:graph_run_time_usecs, counter", ":tensorflow:core:direct_session_runs, counter"
    })
    void namesAreThoseOfTensorFlowServing(String name, String kind) {
        assertThat(lines()).contains("# TYPE " + name + " " + kind);
    }

    @Test
    @DisplayName("P01: counters")
    void requestsCountByModelAndStatusWhateverTheirDoor() {
        request("a", "REST", "Predict", "OK", 1);
        request("a", "GRPC", "Classify", "OK", 1);
        request("a", "GRPC", "Predict", "INVALID_ARGUMENT", 1);

        assertThat(lines()).contains(":tensorflow:serving:request_count{model_name=\"a\",status=\"OK\"} 2",
                ":tensorflow:serving:request_count{model_name=\"a\",status=\"INVALID_ARGUMENT\"} 1");
    }

    @Test
    @DisplayName("P01: histograms")
    void latenciesOfAnswersTellTheirCallAndDoorInMicroseconds() {
        request("a", "REST", "Predict", "OK", 15);
        request("a", "REST", "Predict", "OK", 20);
        request("a", "REST", "Predict", "INTERNAL", 900);
        String labels = "model_name=\"a\",API=\"Predict\",entrypoint=\"REST\"";

        assertThat(lines()).contains(
                ":tensorflow:serving:request_latency_bucket{" + labels + ",le=\"10\"} 0",
                ":tensorflow:serving:request_latency_bucket{" + labels + ",le=\"18\"} 1",
                ":tensorflow:serving:request_latency_bucket{" + labels + ",le=\"32.4\"} 2",
                ":tensorflow:serving:request_latency_bucket{" + labels + ",le=\"+Inf\"} 2",
                ":tensorflow:serving:request_latency_sum{" + labels + "} 35",
                ":tensorflow:serving:request_latency_count{" + labels + "} 2");
    }

    @Test
    void timeInTensorFlowHasTheLabelsOfItsHistogram() {
        registry.timer(ServingMetricsText.RUNTIME, "model", "a", "version", "1", "signature", "s", "api", "Regress").record(Duration.ofMillis(1));

        assertThat(lines()).contains(":tensorflow:serving:runtime_latency_count{model_name=\"a\",API=\"Regress\",runtime=\"TF1\"} 1");
    }

    @Test
    void examplesPerRequestFallIntoPowersOfTwo() {
        registry.summary(ServingMetricsText.REQUEST_ROWS, "model", "a", "version", "1", "signature", "s").record(3);
        registry.summary(ServingMetricsText.REQUEST_ROWS, "model", "a", "version", "2", "signature", "s").record(128);

        assertThat(lines()).contains(":tensorflow:serving:request_example_counts_bucket{model=\"a\",le=\"2\"} 0",
                ":tensorflow:serving:request_example_counts_bucket{model=\"a\",le=\"4\"} 1",
                ":tensorflow:serving:request_example_counts_bucket{model=\"a\",le=\"128\"} 2",
                ":tensorflow:serving:request_example_count_total{model=\"a\"} 131");
    }

    @Test
    void loadsTellHowLongTheSuccessfulOnesTook() {
        registry.timer("tideline.inference.load", "model", "a", "result", "success").record(Duration.ofMillis(2));
        registry.timer("tideline.inference.load", "model", "a", "result", "fail").record(Duration.ofMillis(70));

        assertThat(lines()).contains(":tensorflow:cc:saved_model:load_attempt_count{model_path=\"a\",status=\"success\"} 1",
                ":tensorflow:cc:saved_model:load_attempt_count{model_path=\"a\",status=\"fail\"} 1",
                ":tensorflow:cc:saved_model:load_latency{model_path=\"a\"} 2000");
    }

    @Test
    void metersThatGoLeaveWhatTheyCounted() {
        ServingMetricsText text = new ServingMetricsText(registry);
        request("a", "REST", "Predict", "OK", 15);
        request("b", "REST", "Predict", "OK", 15);
        Stream<String> expected = text.write().lines().toList().stream();

        registry.remove(registry.get(ServingMetricsText.REQUESTS).tag("model", "a").timer());
        assertThat(text.write().lines()).containsExactlyElementsOf(expected.toList());

        request("a", "REST", "Predict", "OK", 15);
        assertThat(text.write().lines()).contains(":tensorflow:serving:request_count{model_name=\"a\",status=\"OK\"} 2",
                ":tensorflow:serving:request_latency_bucket{model_name=\"a\",API=\"Predict\",entrypoint=\"REST\",le=\"18\"} 2");
        assertThat(new ServingCounters(text).value("/tensorflow/serving/request_count")).isEqualTo(3);
        assertThat(new ServingCounters(text).value("/tensorflow/serving/no_such")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"10, 10", "58.32, 58.32", "104.976, 104.976", "188.9568, 188.957", "999999.6, 1e+06", "1285531.7, 1.28553e+06", "1.5e9, 1.5e+09", "1.4e21, 1.4e+21"})
    void boundsHaveSixDigits(double bound, String text) {
        assertThat(PrometheusText.shown(bound)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\"b", "a\\b", "a\nb"})
    @DisplayName("P01: labels are escaped")
    void namesOfModelsCannotEndALabel(String model) {
        request(model, "REST", "Predict", "OK", 1);

        assertThat(lines()).contains(":tensorflow:serving:request_count{model_name=\""
                + model.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\",status=\"OK\"} 1");
    }
}
