package dev.tideline.monitoring.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.support.ServiceChild;
import dev.tideline.monitoring.support.Stage;
import dev.tideline.monitoring.support.TestModel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArchiveKillIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ROWS = 6_000;

    @TempDir
    private Path data;

    @Test
    void everyLabelledRowGoesBackOnceAlthoughTheServiceIsKilledAmongThem() {
        TestModel model = new TestModel("killed");
        List<TestModel.Row> rows = model.rows(0, ROWS, 0, 0);
        try (ServiceChild first = ServiceChild.start("archive_kill", data)) {
            Stage stage = first.stage();
            stage.deploy(model, 1);
            stage.predict(model, 1, rows);
            stage.label(rows);
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20)).until(() -> !stage.read(Topics.records(model.dataset())).isEmpty());
            first.kill();
        }
        try (ServiceChild second = ServiceChild.start("archive_kill", data)) {
            Stage stage = second.stage();
            await().atMost(PATIENCE).until(() -> stage.read(Topics.records(model.dataset())).size() >= ROWS);
            assertThat(stage.json("/v1/predictions/" + rows.get(ROWS / 2).id()).path("model").asString()).isEqualTo(model.name());

            Map<String, Long> copies = stage.read(Topics.records(model.dataset())).stream()
                    .collect(Collectors.groupingBy(record -> record.key(), Collectors.counting()));
            assertThat(copies).hasSize(ROWS).allSatisfy((id, count) -> assertThat(count).as(id).isEqualTo(1));
        }
    }
}
