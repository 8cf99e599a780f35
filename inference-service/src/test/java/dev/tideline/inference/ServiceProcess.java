package dev.tideline.inference;

import dev.tideline.contracts.Topics;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The service as a process of its own, as the launcher starts it. */
final class ServiceProcess {

    private final int port = freePort();
    private final Caller caller = new Caller(port);
    private Process process;

    static final class Caller extends Platform {
        Caller(int port) {
            super(port);
        }

        int statusOf(String path) {
            try {
                return get(path).statusCode();
            } catch (IllegalStateException e) {
                return -1;
            }
        }

        void awaitAvailable(String model, long version) {
            awaitVersion(model, version, "AVAILABLE");
        }

        int ask(String model, String requestId) {
            return post("/v1/models/" + model + ":predict", "{\"signature_name\": \"half\", \"instances\": [[4]]}",
                    Map.of("Tideline-Request-Id", requestId)).statusCode();
        }

        /** The sum of a counter; 0 when there is none. */
        double metric(String name) {
            HttpResponse<String> response = get("/actuator/metrics/" + name);
            return response.statusCode() == 404 ? 0
                    : JSON.readTree(response.body()).get("measurements").get(0).get("value").asDouble();
        }

        /** One record of each prediction: an outage may leave some twice. */
        List<ConsumerRecord<String, byte[]>> awaitLogged(String idPrefix, int count) {
            Set<String> seen = new HashSet<>();
            return awaitRecords(Topics.PREDICTIONS, record -> record.key().startsWith(idPrefix) && seen.add(record.key()), count);
        }

        static void serve(String model) {
            writeModel(model, 1, 2);
            promote(model, 1, 1);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    Caller caller() {
        return caller;
    }

    int port() {
        return port;
    }

    void start(Path out, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), InferenceService.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().putAll(Map.of(
                "SERVER_PORT", Integer.toString(port), "SPRING_GRPC_SERVER_PORT", "0", "TIDELINE_STORAGE_ROOT", Platform.ROOT.toString()));
        builder.environment().putAll(environment);
        process = builder.start();
    }

    /** Asks it to stop. */
    void terminate() {
        process.destroy();
    }

    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the service still runs 30 s after it was asked to stop");
        }
        return process.exitValue();
    }

    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
