package dev.tideline.training.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

/** What the service's own application.yml makes of the keys. */
class IngestPropertiesTest {

    private final ApplicationContextRunner service = new ApplicationContextRunner()
        .withInitializer(new ConfigDataApplicationContextInitializer()).withUserConfiguration(Settings.class);

    @Configuration(proxyBeanMethods = false)
    @EnableConfigurationProperties(IngestProperties.class)
    static class Settings {}

    @Test
    void theServicesOwnKeyIsSentWhenIngestServiceHasNoOtherOne() {
        service.withPropertyValues("tideline.security.api-key=0123456789abcdef").run(context ->
            assertThat(context.getBean(IngestProperties.class).apiKey()).isEqualTo("0123456789abcdef"));
    }

    @Test
    void ingestServicesOwnKeyComesFirst() {
        service.withPropertyValues("tideline.security.api-key=0123456789abcdef", "tideline.training.ingest.api-key=fedcba9876543210")
            .run(context -> assertThat(context.getBean(IngestProperties.class).apiKey()).isEqualTo("fedcba9876543210"));
    }

    @Test
    void nothingIsSentWithoutAnyKey() {
        service.run(context -> assertThat(context.getBean(IngestProperties.class).hasKey()).isFalse());
    }
}
