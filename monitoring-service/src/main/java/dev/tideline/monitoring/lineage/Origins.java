package dev.tideline.monitoring.lineage;

import dev.tideline.modelstore.ModelStore;
import dev.tideline.storage.LocalFiles;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/** Finds out where model versions come from, and remembers it for when their files are gone. */
@Component
public final class Origins {

    private static final Logger log = LoggerFactory.getLogger(Origins.class);

    private final JdbcOrigins origins;
    private final ModelStore store;

    Origins(JdbcOrigins origins, LocalFiles files) {
        this.origins = origins;
        this.store = new ModelStore(files);
    }

    /** Empty for a version that is in no manifest and was in none when it was announced. */
    public Optional<Origin> find(String model, long version) {
        return origins.origin(model, version).or(() -> read(model, version));
    }

    /** Why a version was trained; empty when a person asked for it over HTTP, or it is not known. */
    public Optional<Cause> cause(Origin origin) {
        return Optional.ofNullable(origin.job()).flatMap(origins::cause);
    }

    private Optional<Origin> read(String model, long version) {
        try {
            Origin origin = Origin.of(store.manifest(model, version));
            origins.add(origin);
            return Optional.of(origin);
        } catch (IOException | IllegalArgumentException unreadable) {
            log.debug("model {} version {}: no readable manifest, {}", model, version, unreadable.toString());
            return Optional.empty();
        }
    }
}
