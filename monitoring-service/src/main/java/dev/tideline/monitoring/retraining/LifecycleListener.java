package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingProgress;
import dev.tideline.starter.event.EventReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Tells the loops what training and inference do. */
@Component
final class LifecycleListener {

    private final Loops loops;
    private final EventReader events;

    LifecycleListener(Loops loops, EventReader events) {
        this.loops = loops;
        this.events = events;
    }

    @KafkaListener(id = "loop-progress", topics = Topics.TRAINING_PROGRESS, groupId = "${spring.kafka.consumer.group-id}-loop-progress")
    void progress(ConsumerRecord<String, byte[]> message) {
        TrainingProgress event = events.read(message.value(), TrainingProgress.class);
        // Steps of a running job come by the hundred and change nothing here.
        if (event.state() != TrainingProgress.State.TRAINING) {
            loops.observeOnce(event.id(), event.model(),
                    new Observation.TrainingMoved(event.request(), event.state(), event.message()));
        }
    }

    @KafkaListener(id = "loop-versions", topics = Topics.MODEL_VERSIONS, groupId = "${spring.kafka.consumer.group-id}-loop-versions")
    void version(ConsumerRecord<String, byte[]> message) {
        ModelVersionEvent event = events.read(message.value(), ModelVersionEvent.class);
        Long champion = event.labels().get(ModelVersionEvent.CHAMPION);
        if (champion != null) {
            loops.observeOnce(event.id(), event.model(), new Observation.ChampionNamed(champion));
            if (event.change() == ModelVersionEvent.Change.ROLLED_BACK) {
                loops.observeOnce(event.id() + "-rolled-back", event.model(), new Observation.RolledBack(champion, event.reason()));
            }
        }
    }

    @KafkaListener(id = "loop-deployments", topics = Topics.DEPLOYMENTS, groupId = "${spring.kafka.consumer.group-id}-loop-deployments")
    void deployment(ConsumerRecord<String, byte[]> message) {
        DeploymentEvent event = events.read(message.value(), DeploymentEvent.class);
        switch (event.state()) {
            case LIVE -> loops.observeOnce(event.id(), event.model(), new Observation.VersionDeployed(event.version()));
            case WITHDRAWN -> loops.observeOnce(event.id(), event.model(), new Observation.VersionWithdrawn(event.version()));
            case LOADING, FAILED -> { }
        }
    }
}
