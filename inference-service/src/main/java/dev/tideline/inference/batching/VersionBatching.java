package dev.tideline.inference.batching;

import dev.tideline.inference.configuration.InvalidConfigurationException;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionCheck;
import dev.tideline.inference.servable.VersionListener;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.stereotype.Component;

/** Which settings a version's batches go by: those of its own file, if files count, else its model's, else those for all. */
@Component
final class VersionBatching implements VersionCheck, VersionListener {

    static final String FILE = "batching_params.pbtxt";
    private static final String PREFIX = "own";

    private final BatchingProperties all;
    private final Map<String, BatchingProperties> models;
    private final boolean files;
    private final Map<ServableId, BatchingProperties> versions = new ConcurrentHashMap<>();

    VersionBatching(BatchingProperties all, ModelBatching models) {
        this.all = all;
        this.models = models.over(all);
        this.files = models.modelFiles();
    }

    BatchingProperties all() {
        return all;
    }

    BatchingProperties of(ServableId id) {
        BatchingProperties own = versions.get(id);
        return own == null ? models.getOrDefault(id.model(), all) : own;
    }

    /** @throws StatusException INVALID_ARGUMENT when the version has a file that makes no sense */
    @Override
    public void check(ServableId id, Path folder) {
        Path file = folder.resolve(FILE);
        if (!files || !Files.exists(file)) {
            return;
        }
        try {
            MapConfigurationPropertySource keys = new MapConfigurationPropertySource();
            BatchingParametersFile.keys(file).forEach((key, value) -> keys.put(PREFIX + "." + key, value));
            versions.put(id, new Binder(keys).bindOrCreate(PREFIX, ModelBatching.Own.class).over(all));
        } catch (InvalidConfigurationException | IllegalArgumentException e) {
            throw StatusException.invalid(FILE + ": " + e.getMessage());
        } catch (BindException e) {
            throw StatusException.invalid(FILE + ": " + e.getMessage() + " (expected: numbers that fit 32 bits)");
        }
    }

    @Override
    public void changed(ServableId id, VersionState state) {
        if (state instanceof VersionState.End) {
            versions.remove(id);
        }
    }
}
