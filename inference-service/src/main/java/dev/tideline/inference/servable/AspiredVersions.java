package dev.tideline.inference.servable;

import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All that a source wants for one model; the newest such wish wins. A version that is left out gets unloaded.
 *
 * @param versions     the folder of each version that should be live
 * @param labels       names for versions; a label moves only when its new version is available
 * @param defaultLabel the label whose version answers requests that name none; null: the highest available version answers
 */
public record AspiredVersions(
        String model, SortedMap<Long, Path> versions, Map<String, Long> labels, @Nullable String defaultLabel) {

    public AspiredVersions {
        versions = Collections.unmodifiableSortedMap(new TreeMap<>(versions));
        labels = Map.copyOf(labels);
    }

    public static AspiredVersions none(String model) {
        return new AspiredVersions(model, new TreeMap<>(), Map.of(), null);
    }
}
