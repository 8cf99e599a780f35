package dev.tideline.starter.kafka;

import dev.tideline.contracts.Topics;
import dev.tideline.starter.error.ErrorCode;
import dev.tideline.starter.error.Failures;
import dev.tideline.starter.error.TidelineException;
import io.micrometer.core.instrument.MeterRegistry;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaOperations;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer;
import org.springframework.kafka.listener.DeadLetterPublishingRecoverer.HeaderNames.HeadersToAdd;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.BackOff;
import org.springframework.util.backoff.ExponentialBackOff;
import org.springframework.util.backoff.FixedBackOff;

/** What happens to a record that its listener could not process: see {@link dev.tideline.starter.error.Category}. */
final class ListenerErrors {

    private static final Logger log = LoggerFactory.getLogger(ListenerErrors.class);

    private final RetryProperties retry;
    private final MeterRegistry meters;

    ListenerErrors(RetryProperties retry, MeterRegistry meters) {
        this.retry = retry;
        this.meters = meters;
    }

    DefaultErrorHandler handler(KafkaOperations<?, ?> kafka) {
        DefaultErrorHandler handler = new DefaultErrorHandler(deadLetters(kafka), few());
        handler.setBackOffFunction((record, failure) -> backOff(Failures.codeOf(failure)));
        return handler;
    }

    BackOff backOff(ErrorCode code) {
        return switch (code.category()) {
            case CALLER -> new FixedBackOff(0, 0);
            case OVERLOADED, UNAVAILABLE -> growing();
            case INTERNAL -> few();
        };
    }

    private ExponentialBackOff few() {
        ExponentialBackOff backOff = growing();
        backOff.setMaxAttempts(retry.faults());
        return backOff;
    }

    private ExponentialBackOff growing() {
        ExponentialBackOff backOff = new ExponentialBackOff(retry.first().toMillis(), 2);
        backOff.setMaxInterval(retry.longest().toMillis());
        return backOff;
    }

    private DeadLetterPublishingRecoverer deadLetters(KafkaOperations<?, ?> kafka) {
        DeadLetterPublishingRecoverer recoverer = new DeadLetterPublishingRecoverer(
                kafka, (record, failure) -> new TopicPartition(Topics.deadLetter(record.topic()), -1)) {
            @Override
            protected ProducerRecord<Object, Object> createProducerRecord(ConsumerRecord<?, ?> record, TopicPartition topic, Headers headers,
                    byte @Nullable [] key, byte @Nullable [] value) {
                ProducerRecord<Object, Object> whole = super.createProducerRecord(record, topic, headers, key, value);
                return whole.value() instanceof byte[] bytes && !(whole.key() instanceof byte[]) ? fitting(whole, bytes) : whole;
            }
        };
        // Own headers are text, like all others of Tideline; Spring's carry binary numbers and a stack trace.
        recoverer.excludeHeader(HeadersToAdd.values());
        recoverer.setHeadersFunction(this::cause);
        return recoverer;
    }

    private static ProducerRecord<Object, Object> fitting(ProducerRecord<Object, Object> whole, byte[] value) {
        DeadLetter letter = DeadLetter.of((String) whole.key(), value, whole.headers());
        return new ProducerRecord<>(whole.topic(), whole.partition(), whole.timestamp(), letter.key(), letter.value(), letter.headers());
    }

    private Headers cause(ConsumerRecord<?, ?> record, Exception failure) {
        ErrorCode code = Failures.codeOf(failure);
        meters.counter("tideline.kafka.dead.letters",
                "topic", record.topic(), "code", code.name(), "category", code.category().name()).increment();
        log.warn("Kafka: {}-{} offset {} goes to its dead-letter topic: {}", record.topic(), record.partition(), record.offset(),
                code.name(), failure);
        return new DeadLetter(null, new byte[0], new RecordHeaders()).because(code.name(), message(failure))
                .from(record.topic(), record.partition(), record.offset()).headers();
    }

    /** What {@link TidelineException} says, else the innermost message: outer ones only say that a listener failed. */
    private static String message(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && !(root instanceof TidelineException)) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getName() : root.getMessage();
    }
}
