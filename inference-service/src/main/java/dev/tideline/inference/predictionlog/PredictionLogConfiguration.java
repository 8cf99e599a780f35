package dev.tideline.inference.predictionlog;

import dev.tideline.storage.LocalFiles;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
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

    @Bean
    LogMetrics logMetrics(MeterRegistry registry) {
        return new LogMetrics(registry);
    }

    @Bean(destroyMethod = "close")
    PredictionLog predictionLog(ObjectProvider<ProducerFactory<String, byte[]>> producers, LogMetrics metrics, InstantSource clock,
            ObjectProvider<LocalFiles> files, PredictionLogProperties properties) {
        PredictionSink sink = switch (properties.sink()) {
            case KAFKA -> new KafkaSink(producers.getObject(),
                    SpoolDoor.open(properties.spool(files.getIfAvailable()), properties.spoolSize().toBytes(), metrics), properties.brokerTimeout(), metrics);
            case FILE -> new FileSink(properties.file(), clock, metrics);
        };
        return new PredictionLog(new Choice(properties.sampleRate(), properties.sampleRates()), new PredictionRecords(properties.redact()),
                sink, metrics, properties.bufferMemory().toBytes(), properties.flush());
    }
}
