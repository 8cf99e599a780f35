package dev.tideline.monitoring.deployment;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.starter.event.EventReader;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Writes the history. */
@Component
final class DeploymentListener {

    /** A time further ahead of the broker's is a wrong clock; the broker's counts instead. */
    private static final Duration MAX_AHEAD = Duration.ofMinutes(5);

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
            deployments.append(event.id(), event.model(), new Change.Decided(time(event.time(), message), event.version(), event.change(),
                    event.labels().get(ModelVersionEvent.CHAMPION), event.reason()), clock.instant());
        } else {
            DeploymentEvent event = events.read(message.value(), DeploymentEvent.class);
            deployments.append(event.id(), event.model(), new Change.Moved(time(event.time(), message), event.version(),
                    event.instance(), event.state(), event.message()), clock.instant());
        }
    }

    private static Instant time(Instant event, ConsumerRecord<?, ?> message) {
        Instant broker = Instant.ofEpochMilli(message.timestamp());
        return event.isAfter(broker.plus(MAX_AHEAD)) ? broker : event;
    }
}
