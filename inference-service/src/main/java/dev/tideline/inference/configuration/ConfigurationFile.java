package dev.tideline.inference.configuration;

import dev.tideline.serving.protocol.ModelServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the model config file again and again. One that cannot be understood changes nothing, and is said once per problem. */
final class ConfigurationFile implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ConfigurationFile.class);

    private final Path file;
    private final CurrentConfiguration current;
    private final ScheduledExecutorService timer;
    /** What the file said when it was last read: another source may have replaced it since, and stays until the file changes. */
    private ServingConfiguration last;
    private String problem = "";

    ConfigurationFile(Path file, ServingConfiguration first, CurrentConfiguration current, Duration poll) {
        this.file = file;
        this.last = first;
        this.current = current;
        this.timer = Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().name("model-config-file").daemon().factory());
        if (poll.isPositive()) {
            timer.scheduleWithFixedDelay(this::look, poll.toMillis(), poll.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    /** @throws InvalidConfigurationException that names line and column, or all that contradicts itself */
    static ServingConfiguration read(Path file) {
        ModelServerConfig.Builder config = ModelServerConfig.newBuilder();
        ProtoText.read(file, config);
        return ModelConfigs.read(config.build());
    }

    private void look() {
        try {
            ServingConfiguration next = read(file);
            problem = "";
            if (!next.equals(last)) {
                last = next;
                current.replace(next);
            }
        } catch (RuntimeException e) {
            String now = String.valueOf(e.getMessage());
            if (!now.equals(problem)) {
                problem = now;
                log.error("The configuration stays as it is: {}", now);
            }
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
