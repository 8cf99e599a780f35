package dev.tideline.inference.servable;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The versions of one model, as the manager sees them. Only the manager's thread touches it. */
final class ModelVersions {

    /** Ended versions stay in the status list for people, but not for ever. */
    private static final int MAX_ENDED = 16;

    private final String model;
    private final VersionPolicy policy;
    private final NavigableMap<Long, VersionEntry> entries = new TreeMap<>();
    private Map<String, Long> wantedLabels = Map.of();
    private Map<String, Long> labels = Map.of();
    private @Nullable String defaultLabel;

    ModelVersions(String model, VersionPolicy policy) {
        this.model = model;
        this.policy = policy;
    }

    void aspire(AspiredVersions aspired) {
        wantedLabels = aspired.labels();
        defaultLabel = aspired.defaultLabel();
        entries.values().forEach(entry -> entry.aspired = false);
        aspired.versions().forEach(this::aspire);
        entries.values().removeIf(entry -> !entry.aspired && entry.state instanceof VersionState.Start);
    }

    private void aspire(long version, Path folder) {
        VersionEntry entry = entries.get(version);
        if (entry == null) {
            entries.put(version, new VersionEntry(new ServableId(model, version), folder));
        } else {
            entry.aspire(folder);
        }
    }

    Optional<VersionPolicy.Step> next() {
        return policy.next(entries.values().stream().map(VersionEntry::forPolicy).toList());
    }

    VersionEntry entry(long version) {
        VersionEntry entry = entries.get(version);
        if (entry == null) {
            throw new IllegalStateException("version: " + model + "/" + version + " (expected: one that is managed)");
        }
        return entry;
    }

    Collection<VersionEntry> entries() {
        return entries.values();
    }

    void prune() {
        List<Long> ended = new ArrayList<>();
        entries.forEach((version, entry) -> {
            if (entry.state instanceof VersionState.End && !entry.aspired) {
                ended.add(version);
            }
        });
        ended.stream().limit(Math.max(0, ended.size() - MAX_ENDED)).forEach(entries::remove);
    }

    ModelView view() {
        NavigableMap<Long, VersionHandle> available = new TreeMap<>();
        List<VersionStatus> statuses = new ArrayList<>();
        entries.descendingMap().forEach((version, entry) -> {
            if (entry.state instanceof VersionState.Available && entry.handle != null) {
                available.put(version, entry.handle);
            }
            statuses.add(new VersionStatus(version, entry.state));
        });
        labels = ModelView.resolve(wantedLabels, labels, available.keySet());
        return new ModelView(model, available, labels, wantedLabels.keySet(), defaultLabel, List.copyOf(statuses));
    }
}
