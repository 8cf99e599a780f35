package dev.tideline.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.signal.JsonSerde;
import dev.tideline.monitoring.signal.Signal;
import dev.tideline.monitoring.support.ServiceTest;
import dev.tideline.monitoring.support.Stage;
import dev.tideline.monitoring.support.TestModel;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

class RestartIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    private Path data;

    @Test
    void aRestartWithoutLocalStateCountsEveryRowOnce() {
        TestModel model = new TestModel("restart");
        List<TestModel.Row> rows = model.rows(0, 500, 0, 0);
        ConfigurableApplicationContext first = start("first");
        Stage before = stage(first);
        before.deploy(model, 1);
        before.predict(model, 1, rows.subList(0, 230));
        before.label(rows.subList(0, 100));
        await().atMost(PATIENCE).until(() -> before.model(model.name()).path("archived").asLong() == 100);
        int told = counted(before, model);
        long begin = System.nanoTime();
        first.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("time to stop").isLessThan(Duration.ofSeconds(60));
        try (ConfigurableApplicationContext service = start("second")) {
            Stage stage = stage(service);
            await("totals are told again, as the last ones may have been lost").atMost(PATIENCE).until(() -> counted(stage, model) > told);
            assertThat(stage.model(model.name()).path("archived").asLong()).isEqualTo(100);
            stage.predict(model, 1, rows.subList(230, 500));
            stage.label(rows.subList(100, 500));
            await().atMost(PATIENCE).until(() -> stage.windows(model.name()).size() == 1);
            assertThat(stage.windows(model.name()).get(0).path("rows").asLong()).isEqualTo(500);
            await().atMost(PATIENCE).until(() -> stage.model(model.name()).path("archived").asLong() == 500);
            assertThat(stage.read(Topics.records(model.dataset()))).extracting(record -> record.key())
                    .containsExactlyInAnyOrderElementsOf(rows.stream().map(TestModel.Row::id).toList());
        }
    }

    private static int counted(Stage stage, TestModel model) {
        return (int) stage.read(Signal.TOPIC).stream().filter(record -> model.name().equals(record.key()))
                .filter(record -> JsonSerde.read(record.value(), Signal.class) instanceof Signal.LabelsCounted).count();
    }

    private Stage stage(ConfigurableApplicationContext service) {
        return ServiceTest.stage(service.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
                data.resolve("storage"));
    }

    /** An instance of its own consumer groups, with state that starts from nothing. */
    private ConfigurableApplicationContext start(String state) {
        return SpringApplication.run(MonitoringService.class, "--server.port=0", "--logging.structured.format.console=",
                "--spring.kafka.bootstrap-servers=" + TestKafka.shared().bootstrap(),
                "--spring.kafka.consumer.group-id=restart",
                "--spring.datasource.url=" + TestPostgres.shared().jdbcUrl("monitoring_restart"),
                "--spring.flyway.schemas=monitoring_restart",
                "--tideline.storage.root=" + data.resolve("storage"),
                "--tideline.monitoring.streams.application-id=restart",
                "--tideline.monitoring.streams.state-dir=" + data.resolve(state),
                "--tideline.monitoring.streams.threads=1",
                "--tideline.monitoring.window.chunk-time=5s");
    }
}
