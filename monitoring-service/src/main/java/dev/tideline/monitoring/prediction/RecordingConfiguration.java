package dev.tideline.monitoring.prediction;

import org.springframework.boot.kafka.autoconfigure.ConcurrentKafkaListenerContainerFactoryConfigurer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.config.ConcurrentKafkaListenerContainerFactory;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

@Configuration(proxyBeanMethods = false)
class RecordingConfiguration {

    static final String FACTORY = "recordingContainers";

    private static final long FIRST_MS = 500;
    private static final long LONGEST_MS = 10_000;

    /** A batch fails only because PostgreSQL is away: it is tried until that is back, and no message is set aside. */
    @Bean(FACTORY)
    ConcurrentKafkaListenerContainerFactory<Object, Object> recordingContainers(
            ConcurrentKafkaListenerContainerFactoryConfigurer configurer, ConsumerFactory<Object, Object> consumers) {
        ConcurrentKafkaListenerContainerFactory<Object, Object> factory = new ConcurrentKafkaListenerContainerFactory<>();
        configurer.configure(factory, consumers);
        ExponentialBackOff backOff = new ExponentialBackOff(FIRST_MS, 2);
        backOff.setMaxInterval(LONGEST_MS);
        factory.setCommonErrorHandler(new DefaultErrorHandler(backOff));
        return factory;
    }
}
