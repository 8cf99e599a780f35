package dev.tideline.training.job;

import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.starter.event.EventReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Turns {@code tideline.training-requests} into jobs. */
@Component
final class RequestListener {

    private final EventReader reader;
    private final JobDesk desk;

    RequestListener(EventReader reader, JobDesk desk) {
        this.reader = reader;
        this.desk = desk;
    }

    @KafkaListener(topics = Topics.TRAINING_REQUESTS)
    void onRequest(ConsumerRecord<String, byte[]> record) {
        desk.submit(reader.read(record.value(), TrainingRequest.class));
    }
}
