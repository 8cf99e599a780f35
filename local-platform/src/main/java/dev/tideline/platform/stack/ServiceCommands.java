package dev.tideline.platform.stack;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Makes the command and the environment of each service from what Maven built. */
final class ServiceCommands {

    private final StackOptions options;
    private final DataFolder data;

    ServiceCommands(StackOptions options, DataFolder data) {
        this.options = options;
        this.data = data;
    }

    /** @throws LaunchException that names every module that is not built */
    List<ServiceSpec> all() {
        BuiltService.check(options.home(), List.of(Service.values()));
        return List.of(Service.values()).stream().map(this::spec).toList();
    }

    private ServiceSpec spec(Service service) {
        return new ServiceSpec(service.module(), command(service), environment(service), options.url(service),
                data.root(), data.newLog(service.module()), data.pidFile(service.module()));
    }

    private List<String> command(Service service) {
        var flags = options.jit() == StackOptions.Jit.QUICK ? List.of("-XX:TieredStopAtLevel=1") : List.<String>of();
        return new BuiltService(options.home(), service).command(options.heap(), flags, service.mainClass());
    }

    private Map<String, String> environment(Service service) {
        var ports = options.ports();
        var environment = new TreeMap<String, String>();
        environment.put("SERVER_PORT", Integer.toString(ports.of(service)));
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", options.bootstrap());
        environment.put("TIDELINE_STORAGE_ROOT", Objects.requireNonNullElse(options.bucket(), data.storage().toString()));
        environment.put("TIDELINE_STORAGE_DRAFTS", data.root().resolve("drafts").toString());
        environment.put("TIDELINE_STORAGE_COPIES_FOLDER", data.root().resolve("copies").toString());
        environment.put("TIDELINE_TRAINING_INGEST_URL", options.url(Service.INGEST).toString());
        environment.put("TIDELINE_MONITORING_LINEAGE_INGESTURL", options.url(Service.INGEST).toString());
        environment.put("TIDELINE_MONITORING_LINEAGE_TRAININGURL", options.url(Service.TRAINING).toString());
        environment.put("TIDELINE_MONITORING_STREAMS_STATEDIR", data.root().resolve("monitoring-state").toString());
        environment.put("TIDELINE_PARENT_PID", Long.toString(ProcessHandle.current().pid()));
        if (service == Service.INFERENCE) {
            environment.put("SPRING_GRPC_SERVER_PORT", Integer.toString(ports.inferenceGrpc()));
        } else {
            var schema = service.name().toLowerCase(Locale.ROOT);
            environment.put("SPRING_DATASOURCE_URL",
                    "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/tideline?currentSchema=" + schema);
            environment.put("SPRING_DATASOURCE_USERNAME", "tideline");
            environment.put("SPRING_DATASOURCE_PASSWORD", "tideline");
        }
        return environment;
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
