package dev.tideline.inference.servable;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable picture of a model for requests, replaced at every change so that they never wait for the manager.
 *
 * @param labels      labels whose version is available
 * @param knownLabels all labels that the source names
 */
record ModelView(
        String model, NavigableMap<Long, VersionHandle> available, Map<String, Long> labels, Set<String> knownLabels,
        @Nullable String defaultLabel, List<VersionStatus> statuses) {

    /** A label follows its version only once that is available; until then it stays where it was, if that still answers. */
    static Map<String, Long> resolve(Map<String, Long> wanted, Map<String, Long> before, Set<Long> available) {
        Map<String, Long> resolved = new HashMap<>();
        wanted.forEach((label, version) -> {
            Long previous = before.get(label);
            if (available.contains(version)) {
                resolved.put(label, version);
            } else if (previous != null && available.contains(previous)) {
                resolved.put(label, previous);
            }
        });
        return Map.copyOf(resolved);
    }

    VersionHandle handle(VersionChoice choice) {
        VersionHandle handle = switch (choice) {
            case VersionChoice.Default d -> defaultHandle();
            case VersionChoice.Exact exact -> available.get(exact.version());
            case VersionChoice.Labelled labelled -> available.get(versionOf(labelled.label()));
        };
        if (handle == null) {
            throw notFound(model, choice);
        }
        return handle;
    }

    private @Nullable VersionHandle defaultHandle() {
        Long labelled = defaultLabel == null ? null : labels.get(defaultLabel);
        if (labelled != null) {
            return available.get(labelled);
        }
        return available.isEmpty() ? null : available.lastEntry().getValue();
    }

    private Long versionOf(String label) {
        Long version = labels.get(label);
        if (version == null && knownLabels.contains(label)) {
            throw new StatusException(StatusCode.UNAVAILABLE,
                    "Servable version label: " + label + " of model " + model + " (expected: a version that is available)");
        }
        if (version == null) {
            throw StatusException.invalid("Unrecognized servable version label: " + label);
        }
        return version;
    }

    static StatusException notFound(String model, VersionChoice choice) {
        return StatusException.notFound("Servable not found for request: " + switch (choice) {
            case VersionChoice.Exact exact -> "Specific(" + model + ", " + exact.version() + ")";
            case VersionChoice.Default d -> "Latest(" + model + ")";
            case VersionChoice.Labelled labelled -> "Labelled(" + model + ", " + labelled.label() + ")";
        });
    }
}
