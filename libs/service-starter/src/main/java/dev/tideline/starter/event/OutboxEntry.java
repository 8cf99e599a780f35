package dev.tideline.starter.event;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** One Kafka record on its way out. {@code id} is the row's, 0 before it has one. */
@SuppressWarnings("ArrayRecordComponent")
record OutboxEntry(long id, String topic, String key, Map<String, String> headers, byte[] payload) {

    ProducerRecord<String, byte[]> toRecord() {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, payload);
        headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    /** Records with equal lanes must arrive in order. */
    String lane() {
        return topic + '\n' + key;
    }
}
