package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.TfRecordReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Predictions in files, by a service that stands alone. */
class FileLogIT {

    @TempDir
    Path folder;

    private final ServiceProcess service = new ServiceProcess();

    @AfterEach
    void kill() {
        service.kill();
    }

    @Test
    void logsToFilesWithoutKafka() throws Exception {
        Path model = Platform.writeModel("filed", 1, 2).getParent();
        service.start(folder.resolve("out"), Map.of(), "serve", "--model_name=filed", "--model_base_path=" + model,
                "--rest_api_port=" + service.port(), "--tideline.inference.tensorflow.check=none",
                "--tideline.inference.prediction-log.enabled=true", "--tideline.inference.prediction-log.file.folder=" + folder.resolve("log"));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() ->
                assertThat(service.caller().statusOf("/v1/models/filed")).isEqualTo(200));
        service.caller().awaitAvailable("filed", 1);
        assertThat(service.caller().ask("filed", "filed-7")).isEqualTo(200);
        service.terminate();
        assertThat(service.awaitEnd()).isZero();

        List<Path> files;
        try (Stream<Path> all = Files.list(folder.resolve("log"))) {
            files = all.toList();
        }
        assertThat(files).hasSize(1);
        try (TfRecordReader reader = TfRecordReader.open(files.getFirst())) {
            Example logged = Example.decode(reader.next());
            assertThat(logged.feature("tideline/id")).isEqualTo(Feature.text("filed-7-0"));
            assertThat(logged.feature("x")).isEqualTo(Feature.floats(4));
            assertThat(logged.feature("output/y")).isEqualTo(Feature.floats(4));
            assertThat(reader.next()).isNull();
        }
    }
}
