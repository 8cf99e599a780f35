package dev.tideline.inference.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StandAloneSettingsTest {

    @TempDir
    Path folder;

    private static StandAloneSettings.Result settings(String... flags) {
        return StandAloneSettings.of(FlagParser.parse(List.of(flags)), Map.of());
    }

    private String file(String text) throws Exception {
        return Files.writeString(folder.resolve("file"), text).toString();
    }

    @Test
    void modelAndPortsBecomeKeys() {
        assertThat(settings("--model_name=m", "--model_base_path=/models/m", "--port=1", "--rest_api_port=2").keys())
                .containsEntry("tideline.inference.models.name", "m").containsEntry("tideline.inference.models.base-path", "/models/m")
                .containsEntry("spring.grpc.server.port", "1").containsEntry("server.port", "2")
                .containsEntry("server.address", "127.0.0.1").containsEntry("tideline.inference.source.kind", "directory");
    }

    @Test
    @DisplayName("C01: the container's environment names the model")
    void modelMayComeFromTheContainersEnvironment() {
        StandAloneSettings.Result result = StandAloneSettings.of(
                FlagParser.parse(List.of()), Map.of("MODEL_NAME", "resnet", "MODEL_BASE_PATH", "/models"));

        assertThat(result.keys()).containsEntry("tideline.inference.models.name", "resnet")
                .containsEntry("tideline.inference.models.base-path", "/models/resnet");
    }

    @Test
    void configFileWinsOverASingleModel() {
        StandAloneSettings.Result result = settings("--model_config_file=/etc/models", "--model_name=m");

        assertThat(result.keys()).containsEntry("tideline.inference.models.config-file", "/etc/models")
                .doesNotContainKey("tideline.inference.models.name");
        assertThat(result.warnings()).hasSize(1);
    }

    @Test
    void somethingToServeIsNeeded() {
        assertThat(settings().problems())
                .containsExactly("--model_base_path: absent (expected: the folder of a model, or --model_config_file)");
        assertThat(settings("--model_base_path=gs://bucket/m").problems())
                .containsExactly("--model_base_path: gs://bucket/m (expected: a folder of this machine, or s3://bucket/folder)");
        assertThat(settings("--model_base_path=s3://bucket/m").keys()).containsEntry("tideline.inference.models.base-path", "s3://bucket/m");
    }

    @Test
    void timesCarryTheirUnits() {
        assertThat(settings("--model_base_path=/m", "--settle_seconds=0.25").keys())
                .containsEntry("tideline.inference.directory.settle", "250000us");
        assertThat(settings("--model_base_path=/m", "--file_system_poll_wait_seconds=5", "--rest_api_timeout_in_ms=10",
                "--load_retry_interval_micros=7").keys())
                .containsEntry("tideline.inference.directory.poll", "5s").containsEntry("tideline.inference.rest.timeout", "10ms")
                .containsEntry("tideline.inference.loading.retry-interval", "7us");
    }

    @Test
    void idleFlagWarnsAndMissingOneIsRefusedWithASuggestion() {
        StandAloneSettings.Result result = settings("--model_base_path=/m", "--grpc_max_threads=3", "--prefer_tflite_model",
                "--use_alts_credentials=false");

        assertThat(result.warnings()).containsExactly(
                "--grpc_max_threads has no effect: requests hold no thread that would need a number");
        assertThat(result.problems()).containsExactly(
                "--prefer_tflite_model: true (expected: without this flag; models of TensorFlow Lite are not served)");
    }

    @Test
    @DisplayName("E14: channel arguments are accepted")
    void channelArgumentsAreAcceptedAndSaidToHaveNoEffect() {
        assertThat(ServeCommand.of(List.of("--model_base_path=/m", "--grpc_channel_arguments=grpc.max_connection_age_ms=2000,grpc.lb=abc"), Map.of()))
                .isInstanceOfSatisfying(ServeCommand.Start.class, start -> assertThat(start.warnings()).singleElement().asString()
                        .startsWith("--grpc_channel_arguments has no effect"));
    }

    @Test
    void platformConfigFileWarnsAndUnixSocketBecomesAKey() {
        StandAloneSettings.Result result = settings("--model_base_path=/m", "--platform_config_file=/p", "--grpc_socket_path=/run/g.sock");

        assertThat(result.problems()).isEmpty();
        assertThat(result.warnings()).containsExactly(
                "--platform_config_file has no effect: tensorflow is the one platform, and the flags above set what there is to set");
        assertThat(result.keys()).containsEntry("tideline.inference.grpc.socket-path", "/run/g.sock");
    }

    @Test
    void ofTheParametersOfAllOnlyTheThreadsHoldBesideThoseByModel() throws Exception {
        String file = file("max_batch_size { value: 128 } num_batch_threads { value: 3 }");

        assertThat(settings("--model_base_path=/m", "--enable_batching", "--enable_per_model_batching_parameters",
                "--batching_parameters_file=" + file).keys())
                .containsEntry("tideline.inference.batching.model-files", "true").containsEntry("tideline.inference.batching.runners", "3")
                .doesNotContainKey("tideline.inference.batching.max-rows");
        assertThat(settings("--model_base_path=/m", "--enable_per_model_batching_parameters").problems())
                .singleElement().asString().endsWith("(expected: together with --enable_batching)");
    }

    @Test
    void batchingParametersBecomeKeys() throws Exception {
        String file = file("max_batch_size { value: 128 } batch_timeout_micros { value: 5000 } max_enqueued_batches { value: 4 }"
                + " num_batch_threads { value: 3 } allowed_batch_sizes: 32 allowed_batch_sizes: 128 pad_variable_length_inputs: true");

        assertThat(settings("--model_base_path=/m", "--enable_batching", "--batching_parameters_file=" + file).keys())
                .containsEntry("tideline.inference.batching.max-rows", "128").containsEntry("tideline.inference.batching.max-wait", "5000us")
                .containsEntry("tideline.inference.batching.queue-rows", "512").containsEntry("tideline.inference.batching.runners", "3")
                .containsEntry("tideline.inference.batching.allowed-rows", "32,128")
                .containsEntry("tideline.inference.tensorflow.warm-up-rows", "32,128")
                .containsEntry("tideline.inference.batching.pad-lengths", "true")
                .containsEntry("tideline.inference.batching.split-requests", "false");
    }

    @Test
    void batchingParametersNeedBatching() throws Exception {
        assertThat(settings("--model_base_path=/m", "--batching_parameters_file=" + file("")).problems())
                .singleElement().asString().endsWith("(expected: together with --enable_batching)");
    }

    @Test
    void damagedFileIsNamedWithLineAndColumn() throws Exception {
        String file = file("prometheus_config: {\n  enable: perhaps\n}");

        assertThat(settings("--model_base_path=/m", "--monitoring_config_file=" + file).problems()).singleElement().asString()
                .startsWith("Error parsing text-format tensorflow.serving.MonitoringConfig: " + file + ":2:11: ");
    }

    @Test
    void monitoringPathHasItsDefault() throws Exception {
        assertThat(settings("--model_base_path=/m", "--monitoring_config_file=" + file("prometheus_config { enable: true }")).keys())
                .containsEntry("tideline.inference.serving-metrics.path", "/monitoring/prometheus/metrics");
        assertThat(settings("--model_base_path=/m", "--monitoring_config_file=" + file("prometheus_config { path: '/x' }")).keys())
                .doesNotContainKey("tideline.inference.serving-metrics.path");
    }

    @Test
    void parallelismIsEitherOneNumberOrTwo() {
        assertThat(settings("--model_base_path=/m", "--tensorflow_session_parallelism=4").keys())
                .containsEntry("tideline.inference.tensorflow.intra-op-threads", "4")
                .containsEntry("tideline.inference.tensorflow.inter-op-threads", "4")
                .containsEntry("tideline.inference.tensorflow.inter-op", "pool");
        assertThat(settings("--model_base_path=/m", "--tensorflow_session_parallelism=4", "--tensorflow_inter_op_parallelism=2").problems())
                .hasSize(1);
    }

    @Test
    void helpAndVersionAndProblemsAreToldApart() {
        assertThat(ServeCommand.of(List.of("--help"), Map.of())).isInstanceOfSatisfying(ServeCommand.Tell.class,
                tell -> FlagCatalogue.ALL.forEach(flag -> assertThat(tell.text()).contains("--" + flag.name())));
        assertThat(ServeCommand.of(List.of("--version"), Map.of())).isInstanceOf(ServeCommand.Tell.class);
        assertThat(ServeCommand.of(List.of("--nonsense"), Map.of())).isInstanceOfSatisfying(ServeCommand.Usage.class,
                usage -> assertThat(usage.problems()).hasSize(2));
        assertThat(ServeCommand.of(List.of("--model_base_path=/m"), Map.of())).isInstanceOfSatisfying(ServeCommand.Start.class,
                start -> assertThat(start.arguments()).contains("--tideline.inference.models.base-path=/m"));
    }

    @Test
    void sslConfigFileBecomesABundleForGrpc() throws Exception {
        StandAloneSettings.Result result = settings("--model_base_path=/m", "--ssl_config_file="
                + file("server_key: 'KEY' server_cert: 'CERT' custom_ca: 'CA' client_verify: true"));

        assertThat(result.problems()).isEmpty();
        assertThat(result.keys()).containsEntry("spring.ssl.bundle.pem.serving.keystore.private-key", "KEY")
                .containsEntry("spring.ssl.bundle.pem.serving.keystore.certificate", "CERT")
                .containsEntry("spring.ssl.bundle.pem.serving.truststore.certificate", "CA")
                .containsEntry("spring.grpc.server.ssl.bundle", "serving").containsEntry("spring.grpc.server.ssl.client-auth", "require");
    }

    @Test
    void sslConfigFileThatLacksSomethingIsRefused() throws Exception {
        assertThat(settings("--model_base_path=/m", "--ssl_config_file=" + file("server_key: 'KEY'")).problems())
                .singleElement().asString().contains("expected: server_key and server_cert");
        assertThat(settings("--model_base_path=/m",
                "--ssl_config_file=" + file("server_key: 'KEY' server_cert: 'CERT' client_verify: true")).problems())
                .singleElement().asString().contains("expected: custom_ca");
    }

    @Test
    void corsFlagBecomesAKey() {
        assertThat(settings("--model_base_path=/m", "--rest_api_enable_cors_support").keys())
                .containsEntry("tideline.inference.rest.cors", "true");
    }
}
