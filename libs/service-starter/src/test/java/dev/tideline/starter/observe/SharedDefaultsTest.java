package dev.tideline.starter.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;

class SharedDefaultsTest {

    @ParameterizedTest
    @CsvSource({
        "server.address, 127.0.0.1",
        "server.shutdown, graceful",
        "spring.threads.virtual.enabled, true",
        "spring.kafka.producer.acks, all",
        "spring.kafka.producer.properties[enable.idempotence], true",
        "spring.kafka.consumer.enable-auto-commit, false",
        "spring.kafka.consumer.properties[allow.auto.create.topics], false",
        "spring.kafka.admin.auto-create, false",
        "spring.datasource.hikari.data-source-properties[socketTimeout], 30",
        "management.endpoint.health.group.liveness.include, livenessState",
        "logging.structured.format.console, ecs"
    })
    void safeValueHoldsWhenNobodySaysOtherwise(String key, String value) {
        assertThat(environment(Map.of()).getProperty(key)).isEqualTo(value);
    }

    @Test
    void anyOtherSourceWins() {
        assertThat(environment(Map.of("server.address", "::1")).getProperty("server.address")).isEqualTo("::1");
    }

    @Test
    void serviceNameIsUsedWhereNamesAreNeeded() {
        StandardEnvironment environment = environment(Map.of("spring.application.name", "ingest-service"));

        assertThat(environment.getProperty("spring.kafka.client-id")).isEqualTo("ingest-service");
        assertThat(environment.getProperty("spring.kafka.consumer.group-id")).isEqualTo("ingest-service");
        assertThat(environment.getProperty("management.metrics.tags.service")).isEqualTo("ingest-service");
    }

    @Test
    void readinessAsksDatabaseAndBrokerButLivenessDoesNot() {
        StandardEnvironment environment = environment(Map.of());

        assertThat(environment.getProperty("management.endpoint.health.group.readiness.include")).contains("db", "kafka");
        assertThat(environment.getProperty("management.endpoint.health.group.liveness.include")).doesNotContain("db", "kafka");
    }

    private static StandardEnvironment environment(Map<String, Object> service) {
        StandardEnvironment environment = new StandardEnvironment();
        environment.getPropertySources().addFirst(new MapPropertySource("service", service));
        new SharedDefaults().postProcessEnvironment(environment, new SpringApplication());
        return environment;
    }
}
