package dev.tideline.inference.source;

import dev.tideline.inference.configuration.ServedModel;
import dev.tideline.inference.configuration.VersionSelection;
import dev.tideline.inference.servable.AspiredVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Works out which versions of one model to aspire to, from what lies in its base path. Used by one thread. */
final class WatchedModel {

    private final ServedModel model;
    private final Path folder;
    private final Arrivals arrivals;
    private AspiredVersions aspired;
    /** What a version's folder looked like when it was last aspired to. */
    private final Map<Long, Map<String, String>> tried = new HashMap<>();
    /** What the folders of versions looked like that could not be loaded, until they change or load after all. */
    private final Map<Long, Map<String, String>> broken = new HashMap<>();
    private boolean pending = true;

    /** @param folder where its versions lie on this machine */
    WatchedModel(ServedModel model, Path folder, Arrivals arrivals) {
        this.model = model;
        this.folder = folder;
        this.arrivals = arrivals;
        this.aspired = AspiredVersions.none(model.name());
    }

    ServedModel model() {
        return model;
    }

    /** For the same model under a changed configuration. */
    WatchedModel changed(ServedModel next, Path nextFolder) {
        WatchedModel watched = new WatchedModel(next, nextFolder, arrivals);
        watched.aspired = aspired;
        watched.tried.putAll(tried);
        watched.broken.putAll(broken);
        return watched;
    }

    /**
     * Looks at the folders.
     *
     * @param failed    versions that could not be loaded; they get another chance when their folder has changed since
     * @param available versions that answer
     * @return whether {@link #aspired()} has to be stated anew
     * @throws IOException when the base path cannot be read; nothing changes then
     */
    boolean look(Set<Long> failed, Set<Long> available) throws IOException {
        NavigableMap<Long, Path> there = VersionFolders.of(folder);
        remember(there, failed, available);
        SortedMap<Long, Path> chosen = new TreeMap<>();
        choose(whole(there, failed)).forEach(version -> chosen.put(version, there.get(version)));
        AspiredVersions next = new AspiredVersions(model.name(), chosen, model.labels(), null);
        boolean repaired = failed.stream().anyMatch(version -> chosen.containsKey(version)
                && !arrivals.files(chosen.get(version)).equals(tried.getOrDefault(version, Map.of())));
        if (next.equals(aspired) && !repaired) {
            return false;
        }
        aspired = next;
        tried.keySet().retainAll(chosen.keySet());
        chosen.forEach((version, folder) -> tried.put(version, arrivals.files(folder)));
        return true;
    }

    private void remember(NavigableMap<Long, Path> there, Set<Long> failed, Set<Long> available) {
        broken.keySet().removeAll(available);
        broken.entrySet().removeIf(entry -> !there.containsKey(entry.getKey())
                || !arrivals.files(there.get(entry.getKey())).equals(entry.getValue()));
        failed.stream().filter(there::containsKey).forEach(version -> broken.putIfAbsent(version, arrivals.files(there.get(version))));
    }

    /** Where none of the latest can be loaded, the highest that is not known to be broken answers for them, also after a restart. */
    private SortedSet<Long> choose(NavigableSet<Long> whole) {
        SortedSet<Long> chosen = new TreeSet<>(model.versions().choose(whole));
        if (model.versions() instanceof VersionSelection.Latest && broken.keySet().containsAll(chosen)) {
            whole.descendingSet().stream().filter(version -> !broken.containsKey(version)).findFirst().ifPresent(chosen::add);
        }
        return chosen;
    }

    /** Only folders that could be chosen are looked into, and those that serve already are taken as they are. */
    private NavigableSet<Long> whole(NavigableMap<Long, Path> there, Set<Long> failed) {
        NavigableSet<Long> whole = new TreeSet<>();
        pending = false;
        for (Map.Entry<Long, Path> entry : there.descendingMap().entrySet()) {
            if (model.versions() instanceof VersionSelection.Latest latest && whole.size() >= latest.count()
                    && !broken.keySet().containsAll(whole)) {
                break;
            }
            if (model.versions() instanceof VersionSelection.Specific specific && !specific.versions().contains(entry.getKey())) {
                continue;
            }
            boolean serves = entry.getValue().equals(aspired.versions().get(entry.getKey())) && !failed.contains(entry.getKey());
            if (serves || arrivals.isWhole(entry.getValue())) {
                whole.add(entry.getKey());
            } else {
                pending = true;
            }
        }
        return whole;
    }

    /** Whether a folder was not whole when it was last looked at. */
    boolean pending() {
        return pending;
    }

    AspiredVersions aspired() {
        return aspired;
    }

    /** Folders that may still be on their way, or be looked at again. */
    Set<Path> folders() {
        try {
            return new HashSet<>(VersionFolders.of(folder).values());
        } catch (IOException e) {
            return Set.of();
        }
    }
}
