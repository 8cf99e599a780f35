package dev.tideline.training.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.training.support.ServiceTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What becomes of the folders of old jobs. */
class FolderSweepIT extends ServiceTest {

    private static final Path JOBS = STORAGE.resolve("jobs");

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FolderSweep sweep;

    @AfterEach
    void remove() {
        jdbc.sql("DELETE FROM job WHERE model LIKE 'sweep-%'").update();
    }

    @Test
    void onlyFoldersOfJobsThatEndedLongAgoGo() throws IOException {
        var old = folder("FAILED", "31 days");
        var recent = folder("PROMOTED", "29 days");
        var running = folder("TRAINING", null);
        var foreign = Files.createDirectories(JOBS.resolve(UUID.randomUUID().toString()));

        sweep.sweep();

        assertThat(old).doesNotExist();
        assertThat(recent.resolve("tensorboard/events")).exists();
        assertThat(running.resolve("tensorboard/events")).exists();
        assertThat(foreign).as("nobody here knows whose it is").exists();
    }

    /** A job that began 40 days ago and ended {@code ago}; null when it has not ended. */
    private Path folder(String state, @Nullable String ago) throws IOException {
        var id = UUID.randomUUID().toString();
        jdbc.sql("""
                INSERT INTO job (id, model, trigger, reason, data_window, state, owner, lease_until, created_at, finished_at)
                VALUES (:id, :model, 'MANUAL', 'a test', '{"rule":"all"}', :state, 'another', now() + interval '1 day',
                    now() - interval '40 days', now() - :ago::interval)""")
            .param("id", id).param("model", "sweep-" + state).param("state", state).param("ago", ago).update();
        var folder = JOBS.resolve(id);
        Files.createDirectories(folder.resolve("tensorboard"));
        Files.writeString(folder.resolve("tensorboard/events"), "x");
        return folder;
    }
}
