package dev.tideline.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A start that must fail ends in a description and an action. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureIT {

    @Test
    void namesAStorageRootThatIsNotTheDatabases(CapturedOutput output, @TempDir Path folder) throws IOException {
        Path shard = folder.resolve("datasets/trips/shards/trips-0-0-9-00000000.tfrecord");
        Files.createDirectories(shard.getParent());
        Files.writeString(shard, "records of another database");

        assertThatException().isThrownBy(() -> start(TestPostgres.database().jdbcUrl("ingest"), folder));

        assertThat(output).contains("Description:", "tideline.storage.root: " + folder
                + " has shards that the database does not know (expected: no shards, or those of the database)", "Action:",
                "TIDELINE_STORAGE_ROOT", "SPRING_DATASOURCE_URL").doesNotContain("\tat ");
        assertThat(shard).exists();
    }

    private static void start(String jdbcUrl, Path root) {
        SpringApplication.run(IngestService.class, "--server.port=0", "--spring.kafka.bootstrap-servers=" + TestKafka.shared().bootstrap(),
                "--spring.datasource.url=" + jdbcUrl, "--spring.datasource.username=" + TestPostgres.shared().username(),
                "--spring.datasource.password=" + TestPostgres.shared().password(), "--tideline.storage.root=" + root,
                "--logging.structured.format.console=").close();
    }
}
