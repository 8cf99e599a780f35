package dev.tideline.training.job;

import dev.tideline.storage.LocalFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Removes the folders of jobs that ended long ago: orders, logs, TensorBoard files, checkpoints of failed ones. A folder goes because
 * the database says that its job is over, never because of its own age: those of other databases and of running jobs stay.
 */
@Component
final class FolderSweep {

    private static final Logger log = LoggerFactory.getLogger(FolderSweep.class);
    private static final int BATCH = 500;

    private final JdbcJobs jobs;
    private final InstantSource clock;
    private final JobProperties properties;
    private final Path root;

    FolderSweep(JdbcJobs jobs, InstantSource clock, JobProperties properties, LocalFiles files) {
        this.jobs = jobs;
        this.clock = clock;
        this.properties = properties;
        this.root = files.scratch().resolve(properties.work());
    }

    @Scheduled(fixedDelayString = "${tideline.training.job.sweep-every:1h}", initialDelayString = "${tideline.training.job.sweep-every:1h}")
    void sweep() {
        if (!Files.isDirectory(root)) {
            return;
        }
        try (var folders = Files.newDirectoryStream(root, Files::isDirectory)) {
            var names = new ArrayList<String>();
            for (var folder : folders) {
                names.add(folder.getFileName().toString());
                if (names.size() == BATCH) {
                    sweep(names);
                    names.clear();
                }
            }
            sweep(names);
        } catch (IOException | DataAccessException failure) {
            log.warn("Folders of old jobs were not looked for: {}", failure.toString());
        }
    }

    private void sweep(List<String> names) {
        if (!names.isEmpty()) {
            var over = jobs.finishedBefore(names, clock.instant().minus(properties.keep()));
            over.forEach(job -> JobFolder.remove(root.resolve(job)));
            if (!over.isEmpty()) {
                log.info("Removed the folders of {} jobs that ended more than {} ago", over.size(), properties.keep());
            }
        }
    }
}
