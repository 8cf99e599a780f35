package dev.tideline.monitoring.pipeline;

import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Runs the stream processing and starts it again after a failure, for as long as the service lives. An absent broker, a missing
 * topic or a bug in one message must not need a person.
 */
@Component
final class StreamsRunner implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(StreamsRunner.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);

    private final MonitoringTopology topology;
    private final StreamsSettings settings;
    private final StreamsProperties properties;
    private volatile @Nullable KafkaStreams streams;
    private volatile @Nullable Thread runner;
    private volatile boolean running;

    StreamsRunner(MonitoringTopology topology, StreamsSettings settings, StreamsProperties properties) {
        this.topology = topology;
        this.settings = settings;
        this.properties = properties;
    }

    @Override
    public void start() {
        running = true;
        runner = Thread.ofPlatform().name("streams-runner").daemon().start(this::run);
    }

    @Override
    public void stop() {
        running = false;
        Thread thread = runner;
        if (thread != null) {
            thread.interrupt();
            try {
                thread.join(CLOSE_TIMEOUT.plusSeconds(2));
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** State of the current attempt; {@link State#NOT_RUNNING} between attempts. */
    State state() {
        KafkaStreams current = streams;
        return current == null ? State.NOT_RUNNING : current.state();
    }

    private void run() {
        Duration pause = properties.restartAfter();
        while (running) {
            long started = System.nanoTime();
            attempt();
            boolean lasted = System.nanoTime() - started > LONG_ENOUGH.toNanos();
            pause = lasted ? properties.restartAfter() : pause;
            if (running && sleep(pause)) {
                log.info("stream processing: starting again");
                pause = pause.multipliedBy(2).compareTo(properties.restartAtMost()) > 0 ? properties.restartAtMost() : pause.multipliedBy(2);
            }
        }
    }

    private void attempt() {
        try {
            Properties config = settings.toProperties();
            KafkaStreams current = new KafkaStreams(topology.build(config), config);
            streams = current;
            current.setUncaughtExceptionHandler(failure -> {
                log.error("stream processing: stopped, will be started again", failure);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            try {
                current.start();
                while (running && !hasEnded(current.state())) {
                    sleep(POLL);
                }
            } finally {
                // Leaving at once lets another instance, or the next start of this one, take over without a timeout.
                current.close(CloseOptions.timeout(CLOSE_TIMEOUT)
                        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
                streams = null;
            }
        } catch (RuntimeException failure) {
            log.error("stream processing: not started, will be tried again", failure);
        }
    }

    private static boolean hasEnded(State state) {
        return state == State.ERROR || state == State.NOT_RUNNING || state == State.PENDING_ERROR;
    }

    /** False when the service is stopping. */
    private boolean sleep(Duration time) {
        try {
            Thread.sleep(time);
            return true;
        } catch (InterruptedException stop) {
            running = false;
            return false;
        }
    }
}
