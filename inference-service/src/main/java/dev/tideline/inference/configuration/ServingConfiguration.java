package dev.tideline.inference.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** All models to serve, by name. Refuses to exist when it contradicts itself. */
public record ServingConfiguration(SortedMap<String, ServedModel> models) {

    public ServingConfiguration {
        models = Collections.unmodifiableSortedMap(new TreeMap<>(models));
    }

    /** @throws InvalidConfigurationException with everything that is wrong */
    public static ServingConfiguration of(List<ServedModel> models) {
        List<String> problems = new ArrayList<>();
        SortedMap<String, ServedModel> byName = new TreeMap<>();
        for (ServedModel model : models) {
            if (byName.put(model.name(), model) != null) {
                problems.add("model: " + model.name() + " twice (expected: each name once)");
            }
            problems.addAll(problems(model));
        }
        if (!problems.isEmpty()) {
            throw new InvalidConfigurationException(problems);
        }
        return new ServingConfiguration(byName);
    }

    public static ServingConfiguration none() {
        return new ServingConfiguration(new TreeMap<>());
    }

    private static List<String> problems(ServedModel model) {
        List<String> problems = new ArrayList<>();
        String where = "model " + model.name() + ": ";
        if (model.name().isBlank()) {
            problems.add("model: a name that is empty (expected: one)");
        }
        if (model.basePath() instanceof BasePath.Folder(Path path) && !path.isAbsolute()) {
            problems.add(where + "base_path: " + model.basePath() + " (expected: an absolute path)");
        }
        switch (model.versions()) {
            case VersionSelection.Latest latest when latest.count() < 1 ->
                problems.add(where + "num_versions: " + latest.count() + " (expected: at least 1)");
            case VersionSelection.Specific specific -> model.labels().forEach((label, version) -> {
                if (!specific.versions().contains(version)) {
                    problems.add(where + "label " + label + ": version " + version + " (expected: one of " + specific.versions() + ")");
                }
            });
            case VersionSelection.Latest latest -> { }
            case VersionSelection.All all -> { }
        }
        model.labels().forEach((label, version) -> {
            if (label.isBlank() || version < 0) {
                problems.add(where + "label: \"" + label + "\" for version " + version + " (expected: a name, and a version from 0)");
            }
        });
        return problems;
    }
}
