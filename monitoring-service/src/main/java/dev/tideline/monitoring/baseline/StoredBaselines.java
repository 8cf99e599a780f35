package dev.tideline.monitoring.baseline;

import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.starter.storage.StorageProperties;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Baselines from the manifests in the model store, the most recently used ones kept in memory. */
@Component
final class StoredBaselines implements ModelBaselines {

    private static final Logger log = LoggerFactory.getLogger(StoredBaselines.class);
    private static final int MAX_KEPT = 200;
    /** How long an absent manifest is believed to be absent. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private record Answer(@Nullable ModelBaseline found, Instant at) {}

    private final ModelStore store;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Answer> kept = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Answer> eldest) {
            return size() > MAX_KEPT;
        }
    };

    StoredBaselines(StorageProperties storage, InstantSource clock) {
        this.store = new ModelStore(storage.folder());
        this.clock = clock;
    }

    @Override
    public Optional<ModelBaseline> find(String model, long version) {
        String key = model + "@" + version;
        lock.lock();
        try {
            Answer entry = kept.get(key);
            if (entry == null || entry.found() == null && entry.at().plus(RETRY).isBefore(clock.instant())) {
                entry = new Answer(load(model, version, entry), clock.instant());
                kept.put(key, entry);
            }
            return Optional.ofNullable(entry.found());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<ModelBaseline> newest(String model) {
        try {
            List<Long> versions = store.versions(model);
            return versions.isEmpty() ? Optional.empty() : find(model, versions.getLast());
        } catch (IOException | IllegalArgumentException unreadable) {
            log.debug("model {}: {} (expected: a readable folder)", model, unreadable.toString());
            return Optional.empty();
        }
    }

    private @Nullable ModelBaseline load(String model, long version, @Nullable Answer before) {
        try {
            ModelManifest manifest = store.manifest(model, version);
            return ModelBaseline.of(
                    manifest.dataset(), manifest.datasetVersion(), manifest.schema(), manifest.baselines());
        } catch (NoSuchFileException absent) {
            warn(before, "model {} version {}: no manifest at {} (expected: a published version); its predictions are not watched",
                    model, version, absent.getMessage());
        } catch (IOException | IllegalArgumentException unreadable) {
            warn(before, "model {} version {}: {} (expected: a readable manifest); its predictions are not watched",
                    model, version, unreadable.getMessage());
        }
        return null;
    }

    /** Says it once per version, not with every retry. */
    private static void warn(@Nullable Answer before, String message, Object... arguments) {
        if (before == null) {
            log.warn(message, arguments);
        }
    }
}
