package dev.tideline.starter.event;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Publishing and reading lifecycle events. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnBean(KafkaTemplate.class)
final class EventAutoConfiguration {

    /** Own mapper: the form of events must not follow a service's HTTP settings. */
    static final JsonMapper JSON = JsonMapper.builder().build();

    @Bean
    EventRecords eventRecords(@Value("${spring.application.name:tideline}") String service) {
        return new EventRecords(JSON, "/tideline/" + service);
    }

    @Bean
    EventPublisher eventPublisher(KafkaTemplate<String, byte[]> kafka, EventRecords records) {
        return new EventPublisher(kafka, records);
    }

    @Bean
    EventReader eventReader() {
        return new EventReader(JSON);
    }
}
