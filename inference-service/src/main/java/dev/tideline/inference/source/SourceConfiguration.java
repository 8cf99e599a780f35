package dev.tideline.inference.source;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.kafka.autoconfigure.DefaultKafkaProducerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Kafka settings of this service. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "topic", matchIfMissing = true)
class SourceConfiguration {

    /** Deployment events that wait for an absent broker must not hold up a stop: a restart announces everything anew. */
    @Bean
    DefaultKafkaProducerFactoryCustomizer shortFarewell() {
        return factory -> factory.setPhysicalCloseTimeout(3);
    }
}
