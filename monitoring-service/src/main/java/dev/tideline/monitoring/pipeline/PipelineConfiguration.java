package dev.tideline.monitoring.pipeline;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.signal.Signal;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;

@Configuration(proxyBeanMethods = false)
class PipelineConfiguration {

    private static final int PARTITIONS = 3;

    @Bean
    KafkaAdmin.NewTopics signalTopics() {
        return new KafkaAdmin.NewTopics(
                new NewTopic(Signal.TOPIC, Optional.of(PARTITIONS), Optional.empty()),
                new NewTopic(Topics.deadLetter(Signal.TOPIC), Optional.of(1), Optional.empty()));
    }
}
