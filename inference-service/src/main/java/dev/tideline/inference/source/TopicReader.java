package dev.tideline.inference.source;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Reads a whole topic from its beginning, without a group: every process needs all of it, and commits would be in the way. */
final class TopicReader implements AutoCloseable {

    private final org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer;
    private final Map<TopicPartition, Long> ends;
    private final List<TopicPartition> partitions;
    private boolean caughtUp;

    private TopicReader(org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, List<TopicPartition> partitions) {
        this.consumer = consumer;
        this.partitions = partitions;
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        this.ends = consumer.endOffsets(partitions);
    }

    /** @throws org.apache.kafka.common.KafkaException when the broker does not answer or lacks the topic; the consumer is closed then */
    static TopicReader open(org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, String topic) {
        try {
            List<PartitionInfo> infos = consumer.partitionsFor(topic);
            if (infos == null || infos.isEmpty()) {
                throw new UnknownTopicOrPartitionException("topic: " + topic + " does not exist yet");
            }
            return new TopicReader(consumer, infos.stream().map(i -> new TopicPartition(i.topic(), i.partition())).toList());
        } catch (RuntimeException e) {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ZERO));
            throw e;
        }
    }

    void poll(Duration wait, Consumer<ConsumerRecord<String, byte[]>> each) {
        consumer.poll(wait).forEach(each);
        caughtUp = caughtUp || partitions.stream().allMatch(p -> consumer.position(p) >= ends.getOrDefault(p, 0L));
    }

    /** Whether everything that was there at the opening has been read. */
    boolean caughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofSeconds(1)));
    }
}
