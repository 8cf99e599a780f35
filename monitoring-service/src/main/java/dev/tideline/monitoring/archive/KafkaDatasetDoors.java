package dev.tideline.monitoring.archive;

import dev.tideline.contracts.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.stereotype.Component;

/**
 * Asks the broker, because writing to a topic that does not exist would hold up the stream for a minute and then stop it. The
 * topics themselves are ingest-service's to make.
 */
@Component
final class KafkaDatasetDoors implements DatasetDoors, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KafkaDatasetDoors.class);
    private static final Duration OPEN_FOR = Duration.ofMinutes(1);
    private static final Duration CLOSED_FOR = Duration.ofSeconds(5);
    private static final long WAIT_SECONDS = 5;
    private static final int ATTEMPTS = 12;

    private record Answer(boolean open, Instant at) {}

    private final Admin admin;
    private final InstantSource clock;
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();

    KafkaDatasetDoors(KafkaAdmin settings, InstantSource clock) {
        this.admin = Admin.create(settings.getConfigurationProperties());
        this.clock = clock;
    }

    @Override
    public boolean isOpen(String dataset) {
        Instant now = clock.instant();
        Answer known = answers.get(dataset);
        if (known == null || known.at().plus(known.open() ? OPEN_FOR : CLOSED_FOR).isBefore(now)) {
            known = new Answer(ask(Topics.records(dataset)), now);
            answers.put(dataset, known);
        }
        return known.open();
    }

    /** A broker that does not answer says nothing about the topic, and a guess would lose rows: the stream waits. */
    private boolean ask(String topic) {
        for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
            try {
                admin.describeTopics(List.of(topic)).allTopicNames().get(WAIT_SECONDS, TimeUnit.SECONDS);
                return true;
            } catch (ExecutionException failure) {
                if (failure.getCause() instanceof UnknownTopicOrPartitionException) {
                    log.warn("topic {}: absent (expected: made by ingest-service); labelled rows are not archived", topic);
                    return false;
                }
                log.warn("topic {}: asked in vain, {}", topic, failure.getCause().toString());
            } catch (TimeoutException slow) {
                log.warn("topic {}: no answer within {} s", topic, WAIT_SECONDS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                throw new InterruptException(stop);
            }
        }
        throw new org.apache.kafka.common.errors.TimeoutException("topic " + topic + ": no answer (expected: a broker that answers)");
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
