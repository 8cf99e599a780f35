package dev.tideline.inference.servable;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Tells which version's meters may go: those of the version of a model that ended last stay, for the last look of a scraper and for answers that are still
 * being counted. For one thread, that of {@link VersionListener}s.
 */
public final class EndedVersions {

    private final Map<String, ServableId> last = new HashMap<>();

    /** @return the version that is over for good, now that another one of its model has ended */
    public Optional<ServableId> changed(ServableId id, VersionState state) {
        if (state instanceof VersionState.End) {
            ServableId before = last.put(id.model(), id);
            return Optional.ofNullable(before).filter(other -> !other.equals(id));
        }
        last.remove(id.model(), id);
        return Optional.empty();
    }
}
