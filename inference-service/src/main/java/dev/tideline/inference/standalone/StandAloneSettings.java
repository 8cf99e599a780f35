package dev.tideline.inference.standalone;

import dev.tideline.inference.batching.BatchingParametersFile;
import dev.tideline.inference.configuration.InvalidConfigurationException;
import dev.tideline.inference.configuration.ProtoText;
import dev.tideline.serving.protocol.MonitoringConfig;
import dev.tideline.serving.protocol.SSLConfig;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes configuration keys of flags. Collects all that is wrong, and all that has no effect. */
final class StandAloneSettings {

    private static final String BATCHING = "tideline.inference.batching.";
    private static final String BUNDLE = "spring.ssl.bundle.pem.serving.";
    private static final String MODELS = "tideline.inference.models.";

    private final SortedMap<String, String> flags;
    private final Map<String, String> environment;
    private final Map<String, String> keys = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private StandAloneSettings(SortedMap<String, String> flags, Map<String, String> environment) {
        this.flags = flags;
        this.environment = environment;
    }

    record Result(Map<String, String> keys, List<String> warnings, List<String> problems) {}

    /** @param environment of the process: TensorFlow Serving's container takes the model from there */
    static Result of(FlagParser.Parsed parsed, Map<String, String> environment) {
        StandAloneSettings settings = new StandAloneSettings(parsed.flags(), environment);
        settings.problems.addAll(parsed.problems());
        settings.always();
        parsed.flags().forEach(settings::simple);
        settings.models();
        settings.doors();
        settings.threads();
        settings.batching();
        settings.tls();
        settings.monitoring();
        settings.keys.putAll(parsed.keys());
        return new Result(settings.keys, settings.warnings, settings.problems);
    }

    /** No Kafka, no store: nothing of the platform is asked for. */
    private void always() {
        keys.put("tideline.inference.source.kind", "directory");
        keys.put("tideline.inference.prediction-log.enabled", "false");
        keys.put("tideline.inference.prediction-log.sink", "file");
        keys.put("spring.autoconfigure.exclude", "org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration,"
                + "dev.tideline.starter.storage.StorageAutoConfiguration");
        keys.put("management.endpoint.health.group.readiness.include", "readinessState,modelVersions");
        // Time for kept connections to end with an answer.
        keys.put("tideline.inference.admission.stop-delay", "500ms");
        keys.put("logging.structured.format.console", "");
    }

    private void simple(String name, String value) {
        Flag flag = FlagCatalogue.BY_NAME.get(name);
        if (flag == null) {
            return;
        }
        switch (flag.effect()) {
            case Flag.Effect.Sets(String key, String unit) -> keys.put(key, withUnit(value, unit));
            case Flag.Effect.Read read -> { }
            case Flag.Effect.Idle(String reason) -> warnings.add("--" + name + " has no effect: " + reason);
            case Flag.Effect.Missing(String instead) -> {
                if (!value.equals(flag.standard())) {
                    problems.add("--" + name + ": " + value + " (expected: without this flag; " + instead + ")");
                }
            }
        }
    }

    /** Times may have fractions, which configuration keys do not take: microseconds then. */
    private static String withUnit(String value, String unit) {
        return unit.equals("s") && value.contains(".") ? new BigDecimal(value).movePointRight(6).longValue() + "us" : value + unit;
    }

    private void models() {
        String file = flags.get("model_config_file");
        if (file != null) {
            keys.put(MODELS + "config-file", Path.of(file).toAbsolutePath().toString());
            if (flags.containsKey("model_name") || flags.containsKey("model_base_path")) {
                warnings.add("--model_name and --model_base_path have no effect: --model_config_file says what is served");
            }
            return;
        }
        String name = flags.getOrDefault("model_name", environment.getOrDefault("MODEL_NAME", "default"));
        String parent = environment.get("MODEL_BASE_PATH");
        String path = flags.get("model_base_path");
        if (path == null && parent != null) {
            path = Path.of(parent).resolve(name).toString();
        }
        boolean bucket = path != null && path.startsWith("s3://");
        if (path == null || path.isBlank()) {
            problems.add("--model_base_path: absent (expected: the folder of a model, or --model_config_file)");
        } else if (!bucket && path.matches("[a-z0-9]+://.*")) {
            problems.add("--model_base_path: " + path + " (expected: a folder of this machine, or s3://bucket/folder)");
        } else {
            keys.put(MODELS + "name", name);
            keys.put(MODELS + "base-path", bucket ? path : Path.of(path).toAbsolutePath().normalize().toString());
        }
    }

    private void doors() {
        String host = flags.getOrDefault("host", "127.0.0.1");
        String rest = flags.getOrDefault("rest_api_port", "8501");
        keys.put("server.port", rest);
        keys.put("server.address", rest.equals("0") ? "127.0.0.1" : host);
        keys.put("spring.grpc.server.port", flags.getOrDefault("port", "8500"));
        keys.put("spring.grpc.server.address", host);
    }

    private void threads() {
        ifPositive("num_load_threads", "tideline.inference.loading.threads");
        ifPositive("num_unload_threads", "tideline.inference.loading.unload-threads");
        ifPositive("num_request_iterations_for_warmup", "tideline.inference.tensorflow.warm-up-iterations");
        String both = flags.get("tensorflow_session_parallelism");
        String inter = flags.getOrDefault("tensorflow_inter_op_parallelism", "0");
        if (both != null && !both.equals("0")) {
            if (flags.containsKey("tensorflow_inter_op_parallelism") || flags.containsKey("tensorflow_intra_op_parallelism")) {
                problems.add("--tensorflow_session_parallelism: " + both
                        + " (expected: without --tensorflow_intra_op_parallelism and --tensorflow_inter_op_parallelism)");
            }
            keys.put("tideline.inference.tensorflow.intra-op-threads", both);
            inter = both;
        }
        if (!inter.equals("0")) {
            keys.put("tideline.inference.tensorflow.inter-op", "pool");
            keys.put("tideline.inference.tensorflow.inter-op-threads", inter);
        }
    }

    private void ifPositive(String flag, String key) {
        String value = flags.getOrDefault(flag, "0");
        if (!value.equals("0")) {
            keys.put(key, value);
        }
    }

    private void batching() {
        boolean enabled = Boolean.parseBoolean(flags.getOrDefault("enable_batching", "false"));
        boolean perModel = Boolean.parseBoolean(flags.getOrDefault("enable_per_model_batching_parameters", "false"));
        if (perModel && !enabled) {
            problems.add("--enable_per_model_batching_parameters: true (expected: together with --enable_batching)");
        }
        String file = flags.get("batching_parameters_file");
        if (file == null) {
            return;
        }
        if (!enabled) {
            problems.add("--batching_parameters_file: " + file + " (expected: together with --enable_batching)");
            return;
        }
        try {
            Map<String, String> parameters = BatchingParametersFile.keys(Path.of(file));
            if (perModel) {
                parameters.keySet().retainAll(Set.of(BatchingParametersFile.RUNNERS));
            }
            parameters.forEach((key, value) -> keys.put(BATCHING + key, value));
            String sizes = parameters.get(BatchingParametersFile.ALLOWED_ROWS);
            if (sizes != null) {
                keys.put("tideline.inference.tensorflow.warm-up-rows", sizes);
            }
        } catch (InvalidConfigurationException e) {
            problems.addAll(e.problems());
        }
    }

    /** A bundle that REST may use, too: {@code --server.ssl.bundle=serving}. */
    private void tls() {
        String file = flags.get("ssl_config_file");
        SSLConfig config = file == null ? null : read(file, SSLConfig.newBuilder(), SSLConfig.Builder::build);
        if (config == null) {
            return;
        }
        if (config.getServerKey().isBlank() || config.getServerCert().isBlank()) {
            problems.add("--ssl_config_file: " + file + " (expected: server_key and server_cert as PEM text)");
            return;
        }
        if (config.getClientVerify() && config.getCustomCa().isBlank()) {
            problems.add("--ssl_config_file: " + file + " (expected: custom_ca as PEM text, since client_verify is true)");
            return;
        }
        keys.put(BUNDLE + "keystore.private-key", config.getServerKey());
        keys.put(BUNDLE + "keystore.certificate", config.getServerCert());
        if (!config.getCustomCa().isBlank()) {
            keys.put(BUNDLE + "truststore.certificate", config.getCustomCa());
        }
        keys.put("spring.grpc.server.ssl.bundle", "serving");
        keys.put("spring.grpc.server.ssl.client-auth", config.getClientVerify() ? "require" : "none");
    }

    private void monitoring() {
        String file = flags.get("monitoring_config_file");
        MonitoringConfig config = file == null ? null : read(file, MonitoringConfig.newBuilder(), MonitoringConfig.Builder::build);
        if (config != null && config.getPrometheusConfig().getEnable()) {
            String path = config.getPrometheusConfig().getPath();
            keys.put("tideline.inference.serving-metrics.path", path.isEmpty() ? "/monitoring/prometheus/metrics" : path);
        }
    }

    private <B extends com.google.protobuf.Message.Builder, M> @Nullable M read(
            String file, B builder, java.util.function.Function<B, M> build) {
        try {
            ProtoText.read(Path.of(file), builder);
            return build.apply(builder);
        } catch (InvalidConfigurationException e) {
            problems.addAll(e.problems());
            return null;
        }
    }
}
