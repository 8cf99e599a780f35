package dev.tideline.monitoring.deployment;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.starter.event.EventReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Writes the history. */
@Component
final class DeploymentListener {

    /** A time further ahead of the broker's is a wrong clock; the broker's counts instead. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.\\-]{0,99}");

    private final JdbcDeployments deployments;
    private final EventReader events;
    private final InstantSource clock;

    DeploymentListener(JdbcDeployments deployments, EventReader events, InstantSource clock) {
        this.deployments = deployments;
        this.events = events;
        this.clock = clock;
    }

    @KafkaListener(id = "deployments", topics = {Topics.MODEL_VERSIONS, Topics.DEPLOYMENTS},
            groupId = "${spring.kafka.consumer.group-id}-deployments")
    void change(ConsumerRecord<String, byte[]> message) {
        if (message.topic().equals(Topics.MODEL_VERSIONS)) {
            ModelVersionEvent event = events.read(message.value(), ModelVersionEvent.class);
            check(event.model(), event.change(), event.reason());
            deployments.append(event.id(), event.model(), new Change.Decided(time(event.time(), message), event.version(), event.change(),
                    event.labels().get(ModelVersionEvent.CHAMPION), event.reason()), clock.instant());
        } else {
            DeploymentEvent event = events.read(message.value(), DeploymentEvent.class);
            check(event.model(), event.state(), event.instance());
            deployments.append(event.id(), event.model(), new Change.Moved(time(event.time(), message), event.version(),
                    event.instance(), event.state(), event.message()), clock.instant());
        }
    }

    /** What the tables need; a message without it would be tried again in vain. */
    private static void check(String model, @Nullable Object kind, @Nullable String text) {
        if (!MODEL.matcher(model).matches() || kind == null || text == null) {
            throw new TidelineException(CommonError.MALFORMED_EVENT, "event: model " + model + ", " + kind + ", " + text
                    + " (expected: a model name, what happened, and where or why)");
        }
    }

    private static Instant time(Instant event, ConsumerRecord<?, ?> message) {
        Instant broker = Instant.ofEpochMilli(message.timestamp());
        return event.isAfter(broker.plus(MAX_AHEAD)) ? broker : event;
    }
}
