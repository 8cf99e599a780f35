package dev.tideline.ingest.survival;

import static org.awaitility.Awaitility.await;

import dev.tideline.local.FreePorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Kafka as a process that can be killed and started again on its data. */
final class Broker implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);

    private final ChildJvm jvm = ChildJvm.shared();
    private final Path folder;
    private final List<Integer> ports = FreePorts.find(2);
    private Process process;

    /** One that is launched; {@link #awaitReady} before it is used. */
    Broker(Path folder) {
        this.folder = folder;
        this.process = launch();
    }

    String bootstrap() {
        return "127.0.0.1:" + ports.getFirst();
    }

    void kill() {
        Signals.kill(process.toHandle());
    }

    /** Returns when it listens. */
    void start() {
        process = launch();
        awaitReady();
    }

    void awaitReady() {
        await().atMost(START).pollInterval(Duration.ofMillis(50)).until(() -> !process.isAlive() || !FreePorts.isFree(ports.getFirst()));
        if (!process.isAlive()) {
            throw new IllegalStateException("the broker ended with " + process.exitValue() + ", see " + folder.resolve("broker.log"));
        }
    }

    @Override
    public void close() {
        kill();
    }

    private Process launch() {
        return jvm.start(folder.resolve("broker.log"), BrokerMain.class.getName(),
                List.of(folder.resolve("kafka").toString(), ports.get(0).toString(), ports.get(1).toString()));
    }
}
