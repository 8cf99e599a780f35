package dev.tideline.ingest.intake;

import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.boot.kafka.autoconfigure.KafkaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Kafka clients of this service. */
@Configuration(proxyBeanMethods = false)
class KafkaClientsConfiguration {

    private static final int LINGER_MS = 5;
    private static final int BATCH_BYTES = 1 << 17;

    @Bean
    Admin admin(KafkaProperties kafka) {
        return Admin.create(kafka.buildAdminProperties());
    }

    /** Sends records and rejects. */
    @Bean(destroyMethod = "close")
    Producer<byte[], byte[]> recordProducer(KafkaProperties kafka, IntakeProperties properties) {
        return new KafkaProducer<>(settings(kafka, properties), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Bean
    TransactionPool transactionPool(KafkaProperties kafka, IntakeProperties properties, RandomGenerator random) {
        return new TransactionPool(properties, random, id -> {
            Map<String, Object> settings = settings(kafka, properties);
            settings.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
            settings.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, Math.toIntExact(properties.transactionTimeout().toMillis()));
            return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
        });
    }

    private static Map<String, Object> settings(KafkaProperties kafka, IntakeProperties properties) {
        Map<String, Object> settings = new HashMap<>(kafka.buildProducerProperties());
        int timeout = Math.toIntExact(properties.ackTimeout().toMillis());
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, LINGER_MS);
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, properties.buffer().toBytes());
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, timeout);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.max(1000, timeout / 2));
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Math.max(timeout, 1000 + LINGER_MS));
        return settings;
    }
}
