package dev.tideline.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/**
 * A Kafka broker and its KRaft controller in this JVM, on loopback. It is the broker of a Kafka release, with small buffers.
 * The data folder outlives it: a broker started on the same folder has the same topics, records and group offsets, also
 * after the process was killed.
 */
public final class LocalKafka implements AutoCloseable {

    /** As Kafka has it: a busy machine must not make a broker that lives seem dead. */
    private static final Duration SESSION = Duration.ofSeconds(9);

    private final KafkaRaftServer server;
    private final String bootstrap;
    private final AtomicBoolean closed = new AtomicBoolean();

    private LocalKafka(KafkaRaftServer server, String bootstrap) {
        this.server = server;
        this.bootstrap = bootstrap;
    }

    /** As {@link #start(Path, int, int)} with the controller on the next port. */
    public static LocalKafka start(Path data, int port) {
        return start(data, port, port + 1);
    }

    /** As {@link #start(Path, int, int, Duration)} with a session of 9 s. */
    public static LocalKafka start(Path data, int port, int controllerPort) {
        return start(data, port, controllerPort, SESSION);
    }

    /**
     * Returns when the broker answers.
     *
     * @param data           folder of the logs, made and formatted when it is new
     * @param port           for clients, on 127.0.0.1
     * @param controllerPort for the controller, on 127.0.0.1
     * @param session        how long a broker that was killed counts as alive; one on its folder starts no sooner
     * @throws LocalServerException when the folder cannot be used or a port is taken
     */
    public static LocalKafka start(Path data, int port, int controllerPort, Duration session) {
        var settings = new BrokerSettings(data, port, controllerPort, session);
        try {
            Files.createDirectories(data);
            BrokerStorage.format(settings);
        } catch (IOException e) {
            throw new LocalServerException("Kafka data folder: " + data + " (expected: a folder that can be written)", e);
        }
        var server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
        try {
            server.startup();
        } catch (RuntimeException e) {
            server.shutdown();
            throw new LocalServerException("Kafka on port " + port + " did not start: " + e.getMessage(), e);
        }
        return new LocalKafka(server, settings.bootstrap());
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrap() {
        return bootstrap;
    }

    /** Stops in order and waits for it; clients see the connection go away. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.shutdown();
            server.awaitShutdown();
        }
    }
}
