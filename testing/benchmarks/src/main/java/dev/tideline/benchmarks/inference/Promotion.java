package dev.tideline.benchmarks.inference;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.local.LocalKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import tools.jackson.databind.json.JsonMapper;

/** How the service hears of versions. */
sealed interface Promotion extends AutoCloseable {

    /** Arguments of the service. */
    List<String> arguments(int port, int grpcPort, boolean log);

    /** Asks for a version; the one before goes. */
    void serve(int version) throws Exception;

    @Override
    void close();

    /** By a real broker. */
    record Topic(Path folder, LocalKafka kafka, KafkaProducer<String, byte[]> events) implements Promotion {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        static Topic start(Path folder, int port, int controllerPort) throws IOException {
            LocalKafka kafka = LocalKafka.start(folder.resolve("kafka"), port, controllerPort);
            return new Topic(folder, kafka, new KafkaProducer<>(
                    Map.of("bootstrap.servers", kafka.bootstrap()), new StringSerializer(), new ByteArraySerializer()));
        }

        @Override
        public List<String> arguments(int port, int grpcPort, boolean log) {
            return List.of("--server.port=" + port, "--spring.grpc.server.port=" + grpcPort,
                    "--spring.kafka.bootstrap-servers=" + kafka.bootstrap(), "--tideline.storage.root=" + folder.resolve("storage"),
                    "--tideline.inference.tensorflow.check=none", "--tideline.inference.prediction-log.enabled=" + log,
                    "--tideline.inference.source.poll=50ms");
        }

        @Override
        public void serve(int version) throws InterruptedException, ExecutionException {
            ModelVersionEvent event = new ModelVersionEvent(UUID.randomUUID().toString(), Instant.now(), Lab.MODEL, version,
                    ModelVersionEvent.Change.PROMOTED, "benchmark", new TreeMap<>(Map.of((long) version, "models/" + Lab.MODEL + "/" + version)),
                    Map.of(ModelVersionEvent.CHAMPION, (long) version), Map.of());
            events.send(new ProducerRecord<>(Topics.MODEL_VERSIONS, Lab.MODEL, JSON.writeValueAsBytes(event))).get();
        }

        @Override
        public void close() {
            events.close();
            kafka.close();
        }
    }

    /** By folders that appear: {@code tideline serve}. */
    record Folders(Path folder) implements Promotion {

        @Override
        public List<String> arguments(int port, int grpcPort, boolean log) {
            return List.of("serve", "--model_name=" + Lab.MODEL, "--model_base_path=" + base(), "--rest_api_port=" + port, "--port=" + grpcPort,
                    "--file_system_poll_wait_seconds=0.05", "--tideline.inference.tensorflow.check=none");
        }

        private Path base() {
            return folder.resolve("base");
        }

        @Override
        public void serve(int version) throws IOException {
            Files.createDirectories(base());
            Files.move(folder.resolve("storage/models/" + Lab.MODEL + "/" + version), base().resolve(Integer.toString(version)));
        }

        @Override
        public void close() {}
    }
}
