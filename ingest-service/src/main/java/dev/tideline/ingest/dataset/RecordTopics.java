package dev.tideline.ingest.dataset;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.springframework.stereotype.Component;

/** Creates the topics that carry records. */
@Component
final class RecordTopics {

    private final Admin admin;
    private final DatasetProperties properties;

    RecordTopics(Admin admin, DatasetProperties properties) {
        this.admin = admin;
        this.properties = properties;
    }

    /** Makes sure that the topic exists; returns how many partitions it has. */
    int ensure(String topic) {
        try {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(properties.partitions()), Optional.empty()))).all()
                    .get(properties.brokerTimeout().toMillis(), TimeUnit.MILLISECONDS);
            return properties.partitions();
        } catch (ExecutionException failure) {
            if (failure.getCause() instanceof TopicExistsException) {
                return partitions(topic);
            }
            throw unavailable(topic, failure);
        } catch (TimeoutException timeout) {
            throw unavailable(topic, timeout);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable(topic, interrupted);
        }
    }

    private int partitions(String topic) {
        try {
            return admin.describeTopics(List.of(topic)).allTopicNames()
                    .get(properties.brokerTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .get(topic).partitions().size();
        } catch (ExecutionException | TimeoutException failure) {
            throw unavailable(topic, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw unavailable(topic, interrupted);
        }
    }

    private TidelineException unavailable(String topic, Exception cause) {
        return new TidelineException(CommonError.BROKER_UNAVAILABLE,
                "topic: " + topic + " (expected: created by Kafka within " + properties.brokerTimeout().toSeconds() + " s)", cause);
    }
}
