package dev.tideline.inference.servable;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Never has an unwanted version in memory beside a new one: everything that nobody wants goes first, lowest number first, and only when it
 * is gone is the highest new version loaded. The price is a gap in which nothing answers.
 */
final class ResourcePreservingPolicy implements VersionPolicy {

    @Override
    public Optional<Step> next(List<Version> versions) {
        Optional<Version> unwanted = versions.stream()
                .filter(v -> !v.aspired() && v.phase() == Phase.READY).min(Comparator.comparingLong(Version::number));
        if (unwanted.isPresent()) {
            return unwanted.map(v -> new Step.Unload(v.number()));
        }
        if (versions.stream().anyMatch(v -> !v.aspired() && v.phase() == Phase.BUSY)) {
            return Optional.empty();
        }
        return versions.stream()
                .filter(v -> v.aspired() && v.phase() == Phase.NEW)
                .max(Comparator.comparingLong(Version::number))
                .map(v -> new Step.Load(v.number()));
    }
}
