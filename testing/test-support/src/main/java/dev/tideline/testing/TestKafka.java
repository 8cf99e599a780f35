package dev.tideline.testing;

import dev.tideline.local.FreePorts;
import dev.tideline.local.LocalKafka;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker for tests. {@link #shared()} is started once per JVM and stopped with it; its data is thrown away. For a
 * test of an outage, {@link #stop()} and {@link #start()} it: address and records stay. Not for parallel tests.
 */
public final class TestKafka {

    private static final class Shared {
        private static final TestKafka INSTANCE = startNew();
    }

    private final Path data;
    private final int port;
    private final int controllerPort;
    private @Nullable LocalKafka server;

    private TestKafka(Path data, int port, int controllerPort) {
        this.data = data;
        this.port = port;
        this.controllerPort = controllerPort;
    }

    /** The broker of this JVM, started on the first call. */
    public static TestKafka shared() {
        return Shared.INSTANCE;
    }

    /** A broker of its own, for a test that the traffic of others would disturb; stopped at the latest with this JVM. */
    public static TestKafka startNew() {
        QuietLogs.apply();
        var ports = FreePorts.find(2);
        var kafka = new TestKafka(TemporaryFolders.create("tideline-kafka"), ports.get(0), ports.get(1));
        TemporaryFolders.beforeRemoval(kafka::stop);
        kafka.start();
        return kafka;
    }

    /** For {@code bootstrap.servers}, also while the broker is stopped. */
    public String bootstrap() {
        return "127.0.0.1:" + port;
    }

    /** Starts it again after {@link #stop()}; nothing happens while it runs. */
    public void start() {
        if (server == null) {
            server = LocalKafka.start(data, port, controllerPort);
        }
    }

    /** Takes it away; nothing happens while it is stopped. */
    public void stop() {
        if (server != null) {
            server.close();
            server = null;
        }
    }

    /** Makes topics that do not exist yet. */
    public void createTopics(int partitions, String... names) {
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrap()))) {
            for (var result : admin.createTopics(topics(partitions, names)).values().values()) {
                result.get(30, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<NewTopic> topics(int partitions, String... names) {
        return Arrays.stream(names).map(name -> new NewTopic(name, partitions, (short) 1)).toList();
    }
}
