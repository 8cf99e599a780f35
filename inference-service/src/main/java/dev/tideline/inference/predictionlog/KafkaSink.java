package dev.tideline.inference.predictionlog;

import dev.tideline.inference.prediction.Prediction;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.springframework.kafka.core.ProducerFactory;

/** Sends to {@code tideline.predictions} with a producer of its own, whose bounded buffer no lifecycle event has to share. */
final class KafkaSink implements PredictionSink {

    private static final Map<String, Object> SETTINGS = Map.of(
            ProducerConfig.LINGER_MS_CONFIG, "20",
            ProducerConfig.BATCH_SIZE_CONFIG, "65536",
            ProducerConfig.BUFFER_MEMORY_CONFIG, "33554432",
            ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
            ProducerConfig.MAX_BLOCK_MS_CONFIG, "1000",
            ProducerConfig.CLIENT_ID_CONFIG, "prediction-log");

    private final Producer<String, byte[]> producer;
    private final LogMetrics metrics;

    KafkaSink(ProducerFactory<String, byte[]> producers, LogMetrics metrics) {
        this.producer = producers.copyWithConfigurationOverride(SETTINGS).createProducer();
        this.metrics = metrics;
    }

    @Override
    public void write(Prediction prediction) {
        for (ProducerRecord<String, byte[]> record : PredictionRecords.of(prediction)) {
            try {
                producer.send(record, (sent, failure) -> count(prediction, failure != null));
            } catch (KafkaException e) {
                count(prediction, true);
            }
        }
    }

    private void count(Prediction prediction, boolean failed) {
        if (failed) {
            metrics.dropped(prediction.servable(), LogMetrics.Reason.BROKER, 1);
        } else {
            metrics.logged(prediction.servable());
        }
    }

    @Override
    public void close(Duration patience) {
        producer.close(patience);
    }
}
