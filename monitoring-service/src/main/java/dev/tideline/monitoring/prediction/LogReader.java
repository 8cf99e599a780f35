package dev.tideline.monitoring.prediction;

import dev.tideline.contracts.Topics;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.stereotype.Component;

/** Fetches single messages of the prediction log by their offset. One consumer without a group serves all requests in turn. */
@Component
final class LogReader implements AutoCloseable {

    private static final int FETCH_BYTES = 64 << 10;

    private final ConsumerFactory<?, ?> consumers;
    private final Duration timeout;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Consumer<String, byte[]> consumer;

    LogReader(ConsumerFactory<?, ?> consumers, PredictionProperties properties) {
        this.consumers = consumers;
        this.timeout = properties.readTimeout();
    }

    /**
     * The message of {@code where}; empty when Kafka does not keep it any more, or the topic was made anew since.
     *
     * @throws TidelineException BROKER_UNAVAILABLE when Kafka does not answer in time, TOO_MANY_REQUESTS when others wait already
     */
    Optional<byte[]> read(Whereabouts where) {
        try {
            if (!lock.tryLock(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new TidelineException(CommonError.TOO_MANY_REQUESTS,
                        "prediction: " + where.head().id() + " was not read within " + timeout + " (expected: fewer questions at once)");
            }
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new TidelineException(CommonError.UNAVAILABLE, "the service is stopping", stop);
        }
        try {
            return fetch(where);
        } catch (OffsetOutOfRangeException gone) {
            return Optional.empty();
        } catch (KafkaException failure) {
            close();
            throw new TidelineException(CommonError.BROKER_UNAVAILABLE,
                    "prediction: " + where.head().id() + " cannot be read (expected: a Kafka broker that answers)", failure);
        } finally {
            lock.unlock();
        }
    }

    private Optional<byte[]> fetch(Whereabouts where) {
        TopicPartition partition = new TopicPartition(Topics.PREDICTIONS, where.partition());
        Consumer<String, byte[]> open = open();
        open.assign(List.of(partition));
        long end = open.endOffsets(List.of(partition), timeout).getOrDefault(partition, 0L);
        if (where.offset() >= end) {
            return Optional.empty();
        }
        open.seek(partition, where.offset());
        long giveUp = System.nanoTime() + timeout.toNanos();
        do {
            for (ConsumerRecord<String, byte[]> message : open.poll(Duration.ofMillis(200))) {
                boolean same = message.offset() == where.offset() && (message.key() == null || message.key().equals(where.head().id()));
                return same ? Optional.ofNullable(message.value()) : Optional.empty();
            }
        } while (System.nanoTime() < giveUp);
        throw new org.apache.kafka.common.errors.TimeoutException(partition + " offset " + where.offset() + ": no answer within " + timeout);
    }

    private Consumer<String, byte[]> open() {
        Consumer<String, byte[]> known = consumer;
        if (known == null) {
            Map<String, Object> settings = new HashMap<>(consumers.getConfigurationProperties());
            settings.keySet().removeAll(List.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                    ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG));
            settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
            settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
            settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 1);
            settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES);
            settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
            settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) timeout.toMillis());
            known = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer());
            consumer = known;
        }
        return known;
    }

    @Override
    public void close() {
        lock.lock();
        try (Consumer<String, byte[]> known = consumer) {
            consumer = null;
        } finally {
            lock.unlock();
        }
    }
}
