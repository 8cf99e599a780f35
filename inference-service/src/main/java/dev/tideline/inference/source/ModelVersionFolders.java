package dev.tideline.inference.source;

import dev.tideline.contracts.ModelVersionEvent;
import dev.tideline.inference.servable.AspiredVersions;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Translates an event into a wish. Only its desired state counts; what happened to which version is for others. */
final class ModelVersionFolders {

    private static final Logger log = LoggerFactory.getLogger(ModelVersionFolders.class);

    private final Path root;

    ModelVersionFolders(Path root) {
        this.root = root.toAbsolutePath().normalize();
    }

    AspiredVersions aspired(ModelVersionEvent event) {
        SortedMap<Long, Path> folders = new TreeMap<>();
        event.serving().forEach((version, path) -> {
            Path folder = folder(path);
            if (folder == null) {
                log.error("Model {} version {}: path {} (expected: a path below the storage root)", event.model(), version, path);
            } else {
                folders.put(version, folder);
            }
        });
        return new AspiredVersions(event.model(), folders, event.labels(), ModelVersionEvent.CHAMPION);
    }

    private @Nullable Path folder(String path) {
        try {
            Path folder = root.resolve(path).normalize();
            return folder.startsWith(root) && !folder.equals(root) ? folder : null;
        } catch (InvalidPathException e) {
            return null;
        }
    }
}
