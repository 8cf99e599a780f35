package dev.tideline.training.job;

import dev.tideline.contracts.Approval;
import dev.tideline.contracts.Topics;
import dev.tideline.contracts.TrainingRequest;
import dev.tideline.starter.event.EventReader;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;

/** Turns {@code tideline.training-requests} into jobs, and takes decisions about their candidates. */
@Component
final class RequestListener {

    private final EventReader reader;
    private final JobDesk desk;
    private final HeldCandidates held;

    RequestListener(EventReader reader, JobDesk desk, HeldCandidates held) {
        this.reader = reader;
        this.desk = desk;
        this.held = held;
    }

    @KafkaListener(topics = {Topics.TRAINING_REQUESTS, Topics.APPROVALS})
    void onRequest(ConsumerRecord<String, byte[]> record) {
        if (record.topic().equals(Topics.APPROVALS)) {
            held.decide(reader.read(record.value(), Approval.class));
        } else {
            desk.submit(reader.read(record.value(), TrainingRequest.class));
        }
    }
}
