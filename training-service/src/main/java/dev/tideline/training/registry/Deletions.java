package dev.tideline.training.registry;

import dev.tideline.modelstore.ModelStore;
import dev.tideline.storage.LocalFiles;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/**
 * Removes files of versions whose rows are gone. The row goes first and leaves a mark in the same transaction; the mark goes when the
 * files are gone, and one that a crash left behind is worked off at the next start.
 */
@Component
final class Deletions {

    private static final Logger log = LoggerFactory.getLogger(Deletions.class);

    private final JdbcRegistry tables;
    private final ModelStore store;

    Deletions(JdbcRegistry tables, LocalFiles files) {
        this.tables = tables;
        this.store = new ModelStore(files);
    }

    @EventListener(ApplicationReadyEvent.class)
    void finish() {
        tables.doomed().forEach(doomed -> {
            try {
                store.delete(doomed.model(), doomed.version());
                tables.buried(doomed.model(), doomed.version());
            } catch (IOException e) {
                log.warn("Model {} version {}: files not removed yet: {}", doomed.model(), doomed.version(), e.getMessage());
            }
        });
    }
}
