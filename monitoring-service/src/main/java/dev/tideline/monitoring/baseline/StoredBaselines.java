package dev.tideline.monitoring.baseline;

import dev.tideline.modelstore.ModelManifest;
import dev.tideline.modelstore.ModelStore;
import dev.tideline.storage.LocalFiles;
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
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;

/** Baselines from the manifests in the model store, or else learnt ones; the most recently used are kept in memory. */
@Component
final class StoredBaselines implements ModelBaselines {

    private static final Logger log = LoggerFactory.getLogger(StoredBaselines.class);
    private static final int MAX_KEPT = 200;
    private static final int MAX_ABSENT = 10_000;
    /** How long an absent manifest is believed to be absent. */
    private static final Duration RETRY = Duration.ofSeconds(2);

    private final ModelStore store;
    private final JdbcLearntBaselines learnt;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, ModelBaseline> kept = bounded(MAX_KEPT);
    /** Apart, so that versions nobody knows do not push out those that are in use. */
    private final Map<String, Instant> absent = bounded(MAX_ABSENT);

    StoredBaselines(LocalFiles files, JdbcLearntBaselines learnt, InstantSource clock) {
        this.store = new ModelStore(files);
        this.learnt = learnt;
        this.clock = clock;
    }

    @Override
    public Optional<ModelBaseline> find(String model, long version) {
        String key = model + "@" + version;
        lock.lock();
        try {
            ModelBaseline found = kept.get(key);
            Instant asked = absent.get(key);
            Instant now = clock.instant();
            if (found == null && (asked == null || asked.plus(RETRY).isBefore(now))) {
                found = load(model, version, asked != null);
                if (found == null) {
                    absent.put(key, now);
                } else {
                    kept.put(key, found);
                    absent.remove(key);
                }
            }
            return Optional.ofNullable(found);
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

    private @Nullable ModelBaseline load(String model, long version, boolean isRetry) {
        try {
            ModelManifest manifest = store.manifest(model, version);
            return ModelBaseline.of(
                    manifest.dataset(), manifest.datasetVersion(), manifest.schema(), manifest.baselines(), manifest.importance());
        } catch (NoSuchFileException absent) {
            return learnt(model, version, isRetry, absent);
        } catch (IOException | IllegalArgumentException unreadable) {
            warn(isRetry, "model {} version {}: {} (expected: a readable manifest); its predictions are not watched",
                    model, version, unreadable.getMessage());
        }
        return null;
    }

    private @Nullable ModelBaseline learnt(String model, long version, boolean isRetry, NoSuchFileException absent) {
        try {
            ModelBaseline found = learnt.find(model, version).map(ModelBaseline::learnt).orElse(null);
            if (found == null) {
                warn(isRetry, "model {} version {}: no manifest at {}; its first predictions become its baseline",
                        model, version, absent.getMessage());
            }
            return found;
        } catch (DataAccessException away) {
            warn(isRetry, "model {} version {}: no manifest, and PostgreSQL does not answer", model, version);
            return null;
        }
    }

    /** Says it once per version, not with every retry. */
    private static void warn(boolean isRetry, String message, Object... arguments) {
        if (!isRetry) {
            log.warn(message, arguments);
        }
    }

    private static <V> Map<String, V> bounded(int size) {
        return new LinkedHashMap<>(64, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > size;
            }
        };
    }
}
