package dev.tideline.platform.stack;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Makes the command and the environment of each service from what Maven built. */
final class ServiceCommands {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final int UNSAFE_FLAG_SINCE = 24;

    private final StackOptions options;
    private final DataFolder data;

    ServiceCommands(StackOptions options, DataFolder data) {
        this.options = options;
        this.data = data;
    }

    /** @throws LaunchException that names every module that is not built */
    List<ServiceSpec> all() {
        var missing = new ArrayList<String>();
        for (var service : Service.values()) {
            if (!Files.exists(jar(service)) || !Files.exists(libraries(service))) {
                missing.add(service.module());
            }
        }
        if (!missing.isEmpty()) {
            throw new LaunchException("not built: " + String.join(", ", missing) + " in " + options.home()
                    + " (expected: target/*.jar and target/runtime.classpath of each; run mvn -B -Dquick package)");
        }
        return List.of(Service.values()).stream().map(this::spec).toList();
    }

    private ServiceSpec spec(Service service) {
        return new ServiceSpec(service.module(), command(service), environment(service), options.url(service),
                data.root(), data.newLog(service.module()), data.pidFile(service.module()));
    }

    private List<String> command(Service service) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + options.heap(), "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError",
                "--enable-native-access=ALL-UNNAMED"));
        if (options.jit() == StackOptions.Jit.QUICK) {
            command.add("-XX:TieredStopAtLevel=1");
        }
        if (Runtime.version().feature() >= UNSAFE_FLAG_SINCE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", classPath(service), service.mainClass()));
        return command;
    }

    private String classPath(Service service) {
        try {
            return jar(service) + System.getProperty("path.separator") + Files.readString(libraries(service)).strip();
        } catch (IOException e) {
            throw new LaunchException("class path: " + libraries(service) + ": " + e.getMessage() + " (expected: readable)", e);
        }
    }

    private Map<String, String> environment(Service service) {
        var ports = options.ports();
        var environment = new TreeMap<String, String>();
        environment.put("SERVER_PORT", Integer.toString(ports.of(service)));
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", options.bootstrap());
        environment.put("TIDELINE_STORAGE_ROOT", data.storage().toString());
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

    private Path jar(Service service) {
        return target(service).resolve(service.module() + "-" + VERSION + ".jar");
    }

    private Path libraries(Service service) {
        return target(service).resolve("runtime.classpath");
    }

    private Path target(Service service) {
        return options.home().resolve(service.module()).resolve("target");
    }

    static URI loopback(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
