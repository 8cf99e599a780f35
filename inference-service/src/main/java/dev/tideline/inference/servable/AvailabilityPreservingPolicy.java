package dev.tideline.inference.servable;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Never takes away the last ready version while something is aspired: the lowest version that nobody wants goes when an aspired one is
 * ready, another unwanted one is still ready, or nothing is aspired. Otherwise the highest new version is loaded. The price is that
 * both versions are in memory during a swap.
 */
final class AvailabilityPreservingPolicy implements VersionPolicy {

    @Override
    public Optional<Step> next(List<Version> versions) {
        boolean nothingAspired = versions.stream().noneMatch(Version::aspired);
        boolean aspiredReady = versions.stream().anyMatch(v -> v.aspired() && v.phase() == Phase.READY);
        List<Version> unwanted = versions.stream().filter(v -> !v.aspired() && v.phase() == Phase.READY).toList();
        if (!unwanted.isEmpty() && (nothingAspired || aspiredReady || unwanted.size() > 1)) {
            return unwanted.stream().min(Comparator.comparingLong(Version::number)).map(v -> new Step.Unload(v.number()));
        }
        return versions.stream()
                .filter(v -> v.aspired() && v.phase() == Phase.NEW)
                .max(Comparator.comparingLong(Version::number))
                .map(v -> new Step.Load(v.number()));
    }
}
