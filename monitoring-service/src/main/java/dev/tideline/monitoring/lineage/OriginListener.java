package dev.tideline.monitoring.lineage;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.starter.event.EventReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Keeps what a version's origin is told from: requests, which job answers which, and manifests while their files exist. */
@Component
final class OriginListener {

    private final JdbcOrigins origins;
    private final Origins versions;
    private final EventReader events;

    OriginListener(JdbcOrigins origins, Origins versions, EventReader events) {
        this.origins = origins;
        this.versions = versions;
        this.events = events;
    }

    @KafkaListener(id = "origins", topics = {Topics.TRAINING_REQUESTS, Topics.TRAINING_PROGRESS, Topics.MODEL_VERSIONS},
            groupId = "${spring.kafka.consumer.group-id}-origins")
    void event(ConsumerRecord<String, byte[]> message) {
        switch (message.topic()) {
            case Topics.TRAINING_REQUESTS -> origins.add(events.read(message.value(), TrainingRequest.class));
            case Topics.TRAINING_PROGRESS -> progress(events.read(message.value(), TrainingProgress.class));
            default -> {
                ModelVersionEvent event = events.read(message.value(), ModelVersionEvent.class);
                versions.find(event.model(), event.version());
            }
        }
    }

    /** Steps of a running job come by the hundred and say nothing new. */
    private void progress(TrainingProgress progress) {
        if (progress.state() != TrainingProgress.State.TRAINING) {
            origins.add(progress);
        }
    }
}
