package dev.tideline.monitoring.pipeline;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.signal.Signal;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

@Configuration(proxyBeanMethods = false)
class PipelineConfiguration {

    private static final int PARTITIONS = 3;
    /** Largest message of the stream processing to itself: state of a version with thousands of features, or its baseline. */
    static final int MAX_MESSAGE_BYTES = 16 << 20;

    @Bean
    KafkaAdmin.NewTopics signalTopics() {
        return new KafkaAdmin.NewTopics(
                new NewTopic(Signal.TOPIC, Optional.of(PARTITIONS), Optional.<Short>empty())
                        .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES))),
                new NewTopic(Topics.deadLetter(Signal.TOPIC), Optional.of(1), Optional.empty()));
    }
}
