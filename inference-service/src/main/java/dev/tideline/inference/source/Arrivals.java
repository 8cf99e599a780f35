package dev.tideline.inference.source;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which folders are whole. One that has a manifest is; any other must have all files that belong together and must not have changed
 * for a while, by the times of its files or by what was seen here: a copy may carry old times. Used by one thread.
 */
final class Arrivals {

    private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

    private record Seen(ExportFolder folder, Instant since) {}

    private final InstantSource clock;
    private final Duration settle;
    private final Map<Path, Seen> seen = new HashMap<>();

    Arrivals(InstantSource clock, Duration settle) {
        this.clock = clock;
        this.settle = settle;
    }

    /** Looks at the folder now. */
    boolean isWhole(Path path) {
        Instant now = clock.instant();
        ExportFolder folder;
        try {
            folder = ExportFolder.look(path);
        } catch (IOException e) {
            log.debug("{} changes while it is looked at", path, e);
            return false;
        }
        Seen before = seen.get(path);
        boolean changed = before == null || !before.folder().files().equals(folder.files());
        Instant since = changed ? now : before.since();
        seen.put(path, new Seen(folder, since));
        String missing = folder.missing();
        if (changed && missing != null) {
            log.info("{} is not served yet: {} is missing", path, missing);
        }
        return missing == null && (folder.hasManifest() || old(folder.newest(), now) || old(since, now));
    }

    private boolean old(Instant time, Instant now) {
        return !time.plus(settle).isAfter(now);
    }

    /** What the folder looked like when it was last looked at, to tell whether it has changed since. */
    Map<String, String> files(Path path) {
        Seen known = seen.get(path);
        return known == null ? Map.of() : known.folder().files();
    }

    /** Forgets all other folders. */
    void retain(Set<Path> paths) {
        seen.keySet().retainAll(paths);
    }
}
