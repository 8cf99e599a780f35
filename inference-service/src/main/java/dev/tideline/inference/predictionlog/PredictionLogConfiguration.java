package dev.tideline.inference.predictionlog;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.ProducerFactory;

/** Hangs the log behind the predictor. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PredictionLogProperties.class)
@ConditionalOnBooleanProperty(name = "tideline.inference.prediction-log.enabled", matchIfMissing = true)
class PredictionLogConfiguration {

    @Bean(destroyMethod = "close")
    PredictionLog predictionLog(
            ProducerFactory<String, byte[]> producers, MeterRegistry registry, PredictionLogProperties properties) {
        LogMetrics metrics = new LogMetrics(registry);
        return new PredictionLog(
                new KafkaSink(producers, metrics), metrics, properties.bufferMemory().toBytes(), properties.flush());
    }
}
