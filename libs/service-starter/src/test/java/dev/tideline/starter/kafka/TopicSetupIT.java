package dev.tideline.starter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.starter.Lonely;
import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import dev.tideline.testing.TestKafka;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** A service that is started before its broker. */
class TopicSetupIT {

    private final TestKafka kafka = TestKafka.shared();

    @AfterEach
    void broker() {
        kafka.start();
    }

    @Test
    void topicsAreMadeOnceTheBrokerIsThere() {
        deleteIfPresent(Topics.DRIFT);
        kafka.stop();
        try (ConfigurableApplicationContext service = start()) {
            assertThat(service.isRunning()).isTrue();

            kafka.start();

            await().atMost(Duration.ofSeconds(40)).until(() -> topics().contains(Topics.DRIFT));
        }
    }

    @Test
    void topicNamedAtRunTimeIsRefusedWithACodeWhileTheBrokerIsAway() {
        kafka.stop();
        try (ConfigurableApplicationContext service = start()) {
            TopicMaker maker = service.getBean(TopicMaker.class);

            assertThatExceptionOfType(TidelineException.class).isThrownBy(() -> maker.ensure("tideline.records.late"))
                    .withMessageContaining("tideline.records.late")
                    .satisfies(failure -> assertThat(failure.code()).isEqualTo(CommonError.BROKER_UNAVAILABLE));
        }
    }

    private ConfigurableApplicationContext start() {
        return Lonely.start("tideline.topics.create=true", "spring.kafka.bootstrap-servers=" + kafka.bootstrap(),
                "spring.kafka.admin.properties[default.api.timeout.ms]=1500", "spring.kafka.admin.properties[request.timeout.ms]=1000",
                "spring.kafka.admin.operation-timeout=2s");
    }

    private void deleteIfPresent(String topic) {
        if (topics().contains(topic)) {
            try (Admin admin = admin()) {
                admin.deleteTopics(java.util.List.of(topic)).all().toCompletionStage().toCompletableFuture().join();
            }
            await().atMost(Duration.ofSeconds(20)).until(() -> !topics().contains(topic));
        }
    }

    private java.util.Set<String> topics() {
        try (Admin admin = admin()) {
            return admin.listTopics().names().toCompletionStage().toCompletableFuture().join();
        }
    }

    private Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", kafka.bootstrap()));
    }
}
