package dev.tideline.inference.servable;

import java.nio.file.Path;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** What the manager knows of one version. Only the manager's thread touches it. */
final class VersionEntry {

    final ServableId id;
    Path folder;
    boolean aspired = true;
    VersionState state = new VersionState.Start();
    int failures;
    @Nullable VersionHandle handle;
    /** The next attempt to load, after a failure. */
    @Nullable Retry retry;

    /** @param state that holds when there is no further attempt */
    record Retry(Future<?> timer, VersionState state) {}

    VersionEntry(ServableId id, Path folder) {
        this.id = id;
        this.folder = folder;
    }

    VersionPolicy.Version forPolicy() {
        VersionPolicy.Phase phase = switch (state) {
            case VersionState.Start s -> VersionPolicy.Phase.NEW;
            case VersionState.Loading l -> VersionPolicy.Phase.BUSY;
            case VersionState.Available a -> VersionPolicy.Phase.READY;
            case VersionState.Unloading u -> VersionPolicy.Phase.BUSY;
            case VersionState.End e -> VersionPolicy.Phase.ENDED;
        };
        return new VersionPolicy.Version(id.version(), aspired, phase);
    }

    /** The source states its wish again: an ended version gets another chance. */
    void aspire(Path wanted) {
        folder = wanted;
        aspired = true;
        if (state instanceof VersionState.End) {
            state = new VersionState.Start();
            failures = 0;
        }
    }
}
