package dev.tideline.monitoring.timeline;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.starter.event.EventReader;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Writes lifecycle events into the timeline. */
@Component
final class TimelineListener {

    private final JdbcTimeline timeline;
    private final EventReader events;

    TimelineListener(JdbcTimeline timeline, EventReader events) {
        this.timeline = timeline;
        this.events = events;
    }

    @KafkaListener(id = "timeline-requests", topics = Topics.TRAINING_REQUESTS, groupId = "${spring.kafka.consumer.group-id}-timeline")
    void request(ConsumerRecord<String, byte[]> message) {
        TrainingRequest event = events.read(message.value(), TrainingRequest.class);
        timeline.append(new TimelineEntry(event.id(), event.model(), event.time(), "TRAINING_REQUESTED", null,
                event.trigger() + ": " + event.reason()));
    }

    @KafkaListener(id = "timeline-progress", topics = Topics.TRAINING_PROGRESS, groupId = "${spring.kafka.consumer.group-id}-timeline-progress")
    void progress(ConsumerRecord<String, byte[]> message) {
        TrainingProgress event = events.read(message.value(), TrainingProgress.class);
        if (event.state() != TrainingProgress.State.TRAINING) {
            timeline.append(new TimelineEntry(event.id(), event.model(), event.time(), "TRAINING_" + event.state(), null,
                    "job " + event.job() + (event.message() == null ? "" : ": " + event.message())));
        }
    }

    @KafkaListener(id = "timeline-versions", topics = Topics.MODEL_VERSIONS, groupId = "${spring.kafka.consumer.group-id}-timeline-versions")
    void version(ConsumerRecord<String, byte[]> message) {
        ModelVersionEvent event = events.read(message.value(), ModelVersionEvent.class);
        timeline.append(new TimelineEntry(event.id(), event.model(), event.time(), "VERSION_" + event.change(), event.version(),
                event.reason()));
    }

    @KafkaListener(id = "timeline-deployments", topics = Topics.DEPLOYMENTS, groupId = "${spring.kafka.consumer.group-id}-timeline-deployments")
    void deployment(ConsumerRecord<String, byte[]> message) {
        DeploymentEvent event = events.read(message.value(), DeploymentEvent.class);
        timeline.append(new TimelineEntry(event.id(), event.model(), event.time(), "DEPLOYMENT_" + event.state(),
                event.version(), "on " + event.instance() + Objects.requireNonNullElse(
                        event.message() == null ? null : ": " + event.message(), "")));
    }
}
