package dev.tideline.monitoring.timeline;

import dev.tideline.contracts.Approval;
import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.DriftEvent;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.starter.event.EventReader;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Writes lifecycle events into the timeline. */
@Component
final class TimelineListener {

    private static final String DRIFT = "DRIFT_";

    private final JdbcTimeline timeline;
    private final EventReader events;

    TimelineListener(JdbcTimeline timeline, EventReader events) {
        this.timeline = timeline;
        this.events = events;
    }

    @KafkaListener(id = "timeline",
            topics = {Topics.TRAINING_REQUESTS, Topics.APPROVALS, Topics.TRAINING_PROGRESS, Topics.MODEL_VERSIONS, Topics.DEPLOYMENTS,
                    Topics.DRIFT},
            groupId = "${spring.kafka.consumer.group-id}-timeline")
    void event(ConsumerRecord<String, byte[]> message) {
        byte[] value = message.value();
        Optional<TimelineEntry> entry = switch (message.topic()) {
            case Topics.TRAINING_REQUESTS -> Optional.of(entry(events.read(value, TrainingRequest.class)));
            case Topics.APPROVALS -> Optional.of(entry(events.read(value, Approval.class)));
            case Topics.TRAINING_PROGRESS -> entry(events.read(value, TrainingProgress.class));
            case Topics.MODEL_VERSIONS -> Optional.of(entry(events.read(value, ModelVersionEvent.class)));
            case Topics.DEPLOYMENTS -> Optional.of(entry(events.read(value, DeploymentEvent.class)));
            default -> entry(events.read(value, DriftEvent.class));
        };
        entry.ifPresent(timeline::append);
    }

    private static TimelineEntry entry(TrainingRequest event) {
        return new TimelineEntry(event.id(), event.model(), event.time(), "TRAINING_REQUESTED", null, event.trigger() + ": " + event.reason());
    }

    private static TimelineEntry entry(Approval event) {
        return new TimelineEntry(event.id(), event.model(), event.time(), event.approved() ? "CANDIDATE_APPROVED" : "CANDIDATE_REFUSED", null,
                "by " + event.by() + ": " + event.reason());
    }

    /** Steps of a running job come by the hundred and are no story. */
    private static Optional<TimelineEntry> entry(TrainingProgress event) {
        return event.state() == TrainingProgress.State.TRAINING ? Optional.empty()
                : Optional.of(new TimelineEntry(event.id(), event.model(), event.time(), "TRAINING_" + event.state(), null,
                        "job " + event.job() + suffix(event.message())));
    }

    private static TimelineEntry entry(ModelVersionEvent event) {
        ModelVersionEvent.TrainedOn data = event.trainedOn() == null ? null : event.trainedOn().get(event.version());
        return new TimelineEntry(event.id(), event.model(), event.time(), "VERSION_" + event.change(), event.version(),
                event.reason() + (data == null ? "" : " (trained on " + data.dataset() + " version " + data.version() + ")"));
    }

    private static TimelineEntry entry(DeploymentEvent event) {
        return new TimelineEntry(event.id(), event.model(), event.time(), "DEPLOYMENT_" + event.state(), event.version(),
                "on " + event.instance() + suffix(event.message()));
    }

    /** Every window has a verdict; only a change of it is news. */
    private Optional<TimelineEntry> entry(DriftEvent event) {
        String kind = DRIFT + event.status();
        return timeline.newestKind(event.model(), event.version(), DRIFT).filter(kind::equals).isPresent() ? Optional.empty()
                : Optional.of(new TimelineEntry(event.id(), event.model(), event.time(), kind, event.version(), event.reason()));
    }

    private static String suffix(@Nullable String message) {
        return message == null ? "" : ": " + message;
    }
}
