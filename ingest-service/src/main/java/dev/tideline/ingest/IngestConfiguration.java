package dev.tideline.ingest;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.util.unit.DataSize;

/** Kafka clients that several packages share. */
@Configuration(proxyBeanMethods = false)
class IngestConfiguration {

    private static final int LINGER_MS = 5;
    private static final int BATCH_BYTES = 1 << 17;

    @Bean
    Admin admin(KafkaProperties kafka) {
        return Admin.create(kafka.buildAdminProperties());
    }

    /**
     * Sends records and rejects.
     *
     * @param ackTimeout after this time a record counts as not taken
     */
    @Bean(destroyMethod = "close")
    Producer<byte[], byte[]> recordProducer(
            KafkaProperties kafka, @Value("${tideline.ingest.intake.ack-timeout:10s}") Duration ackTimeout,
            @Value("${tideline.ingest.intake.buffer:32MB}") DataSize buffer) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        int timeout = Math.toIntExact(ackTimeout.toMillis());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, buffer.toBytes());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1000, timeout / 2));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.max(timeout, 1000 + LINGER_MS));
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
