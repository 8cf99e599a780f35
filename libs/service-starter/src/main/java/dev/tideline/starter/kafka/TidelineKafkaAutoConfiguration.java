package dev.tideline.starter.kafka;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.apache.kafka.clients.admin.NewTopic;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.kafka.listener.CommonErrorHandler;

/** Topics, listener errors and health on top of Spring Boot's Kafka support. */
@AutoConfiguration(after = KafkaAutoConfiguration.class)
@ConditionalOnBean({KafkaAdmin.class, KafkaTemplate.class})
@EnableConfigurationProperties({TopicProperties.class, RetryProperties.class})
final class TidelineKafkaAutoConfiguration {

    @Bean
    TopicPlan topicPlan(TopicProperties properties) {
        return new TopicPlan(properties);
    }

    @Bean
    TopicMaker topicMaker(KafkaAdmin admin, TopicPlan plan) {
        return new TopicMaker(admin, plan);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "tideline.topics.create", matchIfMissing = true)
    KafkaAdmin.NewTopics tidelineTopics(TopicPlan plan) {
        return new KafkaAdmin.NewTopics(plan.fixed().toArray(NewTopic[]::new));
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "tideline.topics.create", matchIfMissing = true)
    TopicSetup topicSetup(KafkaAdmin admin) {
        return new TopicSetup(admin);
    }

    @Bean
    @ConditionalOnMissingBean(CommonErrorHandler.class)
    CommonErrorHandler listenerErrorHandler(
            KafkaTemplate<?, ?> kafka, RetryProperties retry, ObjectProvider<MeterRegistry> meters) {
        return new ListenerErrors(retry, meters.getIfAvailable(SimpleMeterRegistry::new)).handler(kafka);
    }

    @Bean
    KafkaHealth kafkaHealthIndicator(KafkaAdmin admin) {
        return new KafkaHealth(admin.getConfigurationProperties());
    }
}
