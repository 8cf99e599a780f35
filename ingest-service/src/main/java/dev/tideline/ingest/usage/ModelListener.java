package dev.tideline.ingest.usage;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.contracts.Topics;
import dev.tideline.ingest.version.Versions;
import dev.tideline.starter.event.EventReader;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/**
 * Pins the dataset versions behind live models and champions. Each event carries the whole state of its model, so the newest alone is
 * enough, whatever was missed before.
 */
@Component
final class ModelListener {

    private static final Logger log = LoggerFactory.getLogger(ModelListener.class);

    private final EventReader reader;
    private final Versions versions;

    ModelListener(EventReader reader, Versions versions) {
        this.reader = reader;
        this.versions = versions;
    }

    @KafkaListener(topics = Topics.MODEL_VERSIONS, groupId = "${tideline.ingest.shard.group:tideline-ingest}-models")
    void onModelVersion(ConsumerRecord<String, byte[]> record) {
        ModelVersionEvent event = reader.read(record.value(), ModelVersionEvent.class);
        if (event.trainedOn() == null) {
            log.debug("Model {}: the event does not say what its versions were trained on; pins stay as they are", event.model());
            return;
        }
        SortedSet<Long> live = new TreeSet<>(event.serving().keySet());
        live.addAll(event.labels().values());
        List<Versions.Use> uses = new ArrayList<>();
        for (long version : live) {
            ModelVersionEvent.TrainedOn data = event.trainedOn().get(version);
            if (data != null) {
                uses.add(new Versions.Use(data.dataset(), data.version(), "version " + version + " of model " + event.model() + " is live"));
            }
        }
        versions.useByModel(event.model(), uses, event.time());
    }
}
