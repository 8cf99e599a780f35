package dev.tideline.inference.source;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionListener;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.starter.event.EventPublisher;
import java.time.InstantSource;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.stereotype.Component;

/** Publishes what became of each version. On a thread of its own: an absent broker must not hold up the manager. */
@Component
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "topic", matchIfMissing = true)
final class DeploymentAnnouncer implements VersionListener, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DeploymentAnnouncer.class);
    private static final int QUEUE = 1000;

    private final EventPublisher publisher;
    private final InstantSource clock;
    private final String instance;
    private final ThreadPoolExecutor sender = new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(QUEUE), Thread.ofPlatform().name("deployment-events").factory(),
            (task, executor) -> log.warn("A deployment event is lost: {} wait for the broker already", QUEUE));

    DeploymentAnnouncer(EventPublisher publisher, InstantSource clock, SourceProperties properties) {
        this.publisher = publisher;
        this.clock = clock;
        this.instance = properties.instance();
    }

    @Override
    public void changed(ServableId id, VersionState state) {
        switch (state) {
            case VersionState.Loading loading -> announce(id, DeploymentEvent.State.LOADING, null);
            case VersionState.Available available -> announce(id, DeploymentEvent.State.LIVE, null);
            case VersionState.End end when end.code() == StatusCode.OK -> announce(id, DeploymentEvent.State.WITHDRAWN, null);
            case VersionState.End end -> announce(id, DeploymentEvent.State.FAILED, end.code() + ": " + end.message());
            case VersionState.Start start -> { }
            case VersionState.Unloading unloading -> { }
        }
    }

    private void announce(ServableId id, DeploymentEvent.State state, @Nullable String message) {
        DeploymentEvent event = new DeploymentEvent(
                UUID.randomUUID().toString(), clock.instant(), id.model(), id.version(), instance, state, message);
        sender.execute(() -> send(event));
    }

    private void send(DeploymentEvent event) {
        try {
            publisher.publish(event).get();
        } catch (ExecutionException e) {
            log.warn("Deployment event {} of {}/{} is lost: {}", event.state(), event.model(), event.version(),
                    e.getCause() == null ? e.toString() : e.getCause().getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        sender.shutdown();
        try {
            if (!sender.awaitTermination(2, TimeUnit.SECONDS)) {
                sender.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
