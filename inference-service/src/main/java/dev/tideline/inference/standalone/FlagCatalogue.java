package dev.tideline.inference.standalone;

import static dev.tideline.inference.standalone.Flag.Kind.FILE;
import static dev.tideline.inference.standalone.Flag.Kind.NUMBER;
import static dev.tideline.inference.standalone.Flag.Kind.SWITCH;
import static dev.tideline.inference.standalone.Flag.Kind.TEXT;
import static dev.tideline.inference.standalone.Flag.idle;
import static dev.tideline.inference.standalone.Flag.missing;
import static dev.tideline.inference.standalone.Flag.read;
import static dev.tideline.inference.standalone.Flag.sets;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** All flags: those of TensorFlow Serving 2.20 (model_servers/main.cc), and a few of Tideline's own at the end. */
final class FlagCatalogue {

    private static final String TENSORFLOW = "tideline.inference.tensorflow.";
    private static final String LOADING = "tideline.inference.loading.";
    private static final String VIRTUAL = "requests hold no thread that would need a number";
    private static final String TFLITE = "models of TensorFlow Lite are not served";

    static final List<Flag> ALL = List.of(
            read("model_name", TEXT, "default", "name of the only model; environment MODEL_NAME sets it, too"),
            read("model_base_path", FILE, "", "its folder, or s3://bucket/folder, whose children named by numbers are versions; environment MODEL_BASE_PATH with "
                    + "MODEL_NAME as child sets it, too"),
            read("model_config_file", FILE, "", "several models: ModelServerConfig as protobuf text"),
            sets("model_config_file_poll_wait_seconds", NUMBER, "0", "tideline.inference.models.config-file-poll", "s",
                    "how often that file is read again; 0: never"),
            sets("file_system_poll_wait_seconds", NUMBER, "1", "tideline.inference.directory.poll", "s",
                    "how often base paths are looked at; 0: at the start and when the configuration changes"),
            read("port", NUMBER, "8500", "gRPC"),
            read("rest_api_port", NUMBER, "8501", "HTTP; 0: a free port of loopback, for health and metrics alone"),
            sets("rest_api_timeout_in_ms", NUMBER, "30000", "tideline.inference.rest.timeout", "ms", "how long a REST prediction may take"),
            idle("rest_api_num_threads", NUMBER, "", VIRTUAL),
            idle("grpc_max_threads", NUMBER, "", VIRTUAL),
            idle("grpc_channel_arguments", TEXT, "", "they are settings of gRPC's C++ core"),
            sets("grpc_socket_path", FILE, "", "tideline.inference.grpc.socket-path", "", "Unix socket for gRPC, beside the port, without TLS"),
            sets("rest_api_enable_cors_support", SWITCH, "false", "tideline.inference.rest.cors", "", "lets pages of any origin call REST"),
            read("ssl_config_file", FILE, "", "TLS of gRPC: SSLConfig as protobuf text; for REST see --server.ssl.bundle=serving"),
            missing("use_alts_credentials", SWITCH, "false", "use TLS, by Spring Boot's SSL bundles"),
            idle("enable_grpc_healthcheck_service", SWITCH, "false", "gRPC health is always there"),
            read("enable_batching", SWITCH, "false", "batching is always on and never waits while idle; with this flag the parameters file holds"),
            read("batching_parameters_file", FILE, "", "BatchingParameters as protobuf text"),
            sets("enable_per_model_batching_parameters", SWITCH, "false", "tideline.inference.batching.model-files", "",
                    "batching_params.pbtxt in a version's folder holds; of the parameters file then only the threads"),
            read("monitoring_config_file", FILE, "", "MonitoringConfig as protobuf text: Prometheus metrics under its path, with TensorFlow "
                    + "Serving's names"),
            read("num_load_threads", NUMBER, "2", "versions that load at the same time"),
            read("num_unload_threads", NUMBER, "1", "versions that are freed at the same time"),
            sets("max_num_load_retries", NUMBER, "3", LOADING + "retries", "", "further attempts after a failure that may pass by itself"),
            sets("load_retry_interval_micros", NUMBER, "10000000", LOADING + "retry-interval", "us", "between two attempts"),
            sets("enable_model_warmup", SWITCH, "true", TENSORFLOW + "warm-up", "", "requests run before a version becomes available"),
            read("num_request_iterations_for_warmup", NUMBER, "1", "how often each recorded request of a warm-up file runs"),
            idle("allow_version_labels_for_unavailable_models", SWITCH, "false",
                    "a label may always name a version that is yet to come, and moves once that is available"),
            sets("saved_model_tags", TEXT, "serve", TENSORFLOW + "tags", "", "which graph of a SavedModel is served"),
            read("tensorflow_session_parallelism", NUMBER, "0", "sets both of the following"),
            sets("tensorflow_intra_op_parallelism", NUMBER, "0", TENSORFLOW + "intra-op-threads", "", "threads within one operation"),
            read("tensorflow_inter_op_parallelism", NUMBER, "0", "threads for independent operations; 0: the thread of the batch"),
            missing("tensorflow_session_config_file", FILE, "", "the two flags above set what there is to set"),
            missing("per_process_gpu_memory_fraction", NUMBER, "0", "set TF_FORCE_GPU_ALLOW_GROWTH in the environment"),
            idle("flush_filesystem_caches", SWITCH, "true", "the system's page cache is left alone"),
            idle("remove_unused_fields_from_bundle_metagraph", SWITCH, "true", "the graph definition is not kept"),
            sets("enable_signature_method_name_check", SWITCH, "false", "tideline.inference.prediction.check-methods", "",
                    "signatures answer only the calls that they were exported for"),
            sets("enable_serialization_as_tensor_content", SWITCH, "false", "tideline.inference.grpc.tensor-content", "",
                    "answers carry tensor_content, bytes, in place of typed fields"),
            idle("enable_profiler", SWITCH, "true", "use JDK Flight Recorder, and metrics"),
            missing("prefer_tflite_model", SWITCH, "false", TFLITE),
            idle("num_tflite_pools", NUMBER, "", TFLITE),
            idle("num_tflite_interpreters_per_pool", NUMBER, "", TFLITE),
            idle("platform_config_file", FILE, "", "tensorflow is the one platform, and the flags above set what there is to set"),
            missing("thread_pool_factory_config_file", FILE, "", "the thread flags set what there is to set"),
            missing("xla_cpu_compilation_enabled", SWITCH, "false", "set TF_XLA_FLAGS in the environment"),
            missing("xla_gpu_compilation_enabled", SWITCH, "false", "set TF_XLA_FLAGS in the environment"),
            missing("mixed_precision", TEXT, "", "export the model in the precision that it is to run in"),
            idle("skip_initialize_tpu", SWITCH, "false", "TPUs are not used"),
            read("host", TEXT, "127.0.0.1", "Tideline's own: address to listen on; beyond loopback it wants one of the next two"),
            sets("api_key", TEXT, "", "tideline.security.api-key", "", "Tideline's own: clients send it as Authorization: Bearer"),
            sets("open_network", SWITCH, "false", "tideline.security.open-network", "",
                    "Tideline's own: listen beyond loopback without a key"),
            sets("settle_seconds", NUMBER, "2", "tideline.inference.directory.settle", "s",
                    "Tideline's own: how long a version's folder must have been left alone before it counts as whole"),
            sets("allowed_ops", TEXT, "", TENSORFLOW + "allowed-ops", "", "Tideline's own: op types that models may run beyond the harmless ones"));

    static final Map<String, Flag> BY_NAME = ALL.stream().collect(Collectors.toMap(Flag::name, Function.identity()));

    private FlagCatalogue() {}
}
