package dev.tideline.starter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.starter.event.EventPublisher;
import dev.tideline.starter.event.EventReader;
import dev.tideline.starter.kafka.TopicMaker;
import dev.tideline.starter.storage.StorageProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** A whole application on the starter, with neither Kafka nor PostgreSQL in reach. */
class SharedContextTest {

    @Test
    void startsWithoutBrokerAndOffersAllDoors(@TempDir Path folder) {
        Path root = folder.resolve("storage");
        try (ConfigurableApplicationContext context = start("--tideline.storage.root=" + root)) {
            assertThat(context.getBean(EventPublisher.class)).isNotNull();
            assertThat(context.getBean(EventReader.class)).isNotNull();
            assertThat(context.getBean(TopicMaker.class)).isNotNull();
            assertThat(context.getBean(InstantSource.class)).isNotNull();
            assertThat(context.getBean(RandomGenerator.class)).isNotNull();
            assertThat(context.getBean(StorageProperties.class).root()).isEqualTo(root);
            assertThat(Files.isDirectory(root)).isTrue();
        }
    }

    private static ConfigurableApplicationContext start(String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "--server.port=0";
        arguments[1] = "--spring.kafka.bootstrap-servers=127.0.0.1:1";
        arguments[2] = "--spring.autoconfigure.exclude=org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return SpringApplication.run(App.class, arguments);
    }

    @SpringBootApplication
    static class App {}
}
