package dev.tideline.inference.configuration;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One model to serve.
 *
 * @param basePath whose children named by numbers are versions
 * @param labels   names for versions; a label answers once its version is available
 */
public record ServedModel(String name, BasePath basePath, VersionSelection versions, SortedMap<String, Long> labels) {

    public ServedModel {
        labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
}
