package dev.tideline.ingest.dataset;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
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

    /** Makes sure that the topic exists and takes records; returns how many partitions it has. */
    int ensure(String topic) {
        NewTopic wanted = new NewTopic(topic, Optional.of(properties.partitions()), Optional.empty());
        try {
            await(admin.createTopics(List.of(wanted)).all());
        } catch (ExecutionException failure) {
            if (!(failure.getCause() instanceof TopicExistsException)) {
                throw unavailable(topic, failure);
            }
        } catch (TimeoutException timeout) {
            throw unavailable(topic, timeout);
        }
        try {
            List<TopicPartition> partitions = await(admin.describeTopics(List.of(topic)).allTopicNames()).get(topic).partitions().stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            // A new partition may refuse the first batch and take the second, which an idempotent producer does not recover from.
            await(admin.listOffsets(partitions.stream().collect(Collectors.toMap(p -> p, p -> OffsetSpec.latest()))).all());
            return partitions.size();
        } catch (ExecutionException | TimeoutException failure) {
            throw unavailable(topic, failure);
        }
    }

    private <T> T await(KafkaFuture<T> answer) throws ExecutionException, TimeoutException {
        try {
            return answer.get(properties.brokerTimeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new TidelineException(CommonError.UNAVAILABLE, "the service is stopping", interrupted);
        }
    }

    private TidelineException unavailable(String topic, Exception cause) {
        return new TidelineException(CommonError.BROKER_UNAVAILABLE,
                "topic: " + topic + " (expected: created by Kafka within " + properties.brokerTimeout().toSeconds() + " s)", cause);
    }
}
