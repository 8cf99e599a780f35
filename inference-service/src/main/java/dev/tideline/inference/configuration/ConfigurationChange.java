package dev.tideline.inference.configuration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** One difference between two configurations, for people and for dry runs. */
public sealed interface ConfigurationChange {

    String model();

    record Added(String model) implements ConfigurationChange {
        @Override
        public String toString() {
            return "model " + model + ": will be served";
        }
    }

    record Removed(String model) implements ConfigurationChange {
        @Override
        public String toString() {
            return "model " + model + ": will be unloaded";
        }
    }

    record Moved(String model, BasePath from, BasePath to) implements ConfigurationChange {
        @Override
        public String toString() {
            return "model " + model + ": base_path " + from + " becomes " + to;
        }
    }

    record Selected(String model, VersionSelection from, VersionSelection to) implements ConfigurationChange {
        @Override
        public String toString() {
            return "model " + model + ": versions " + from + " become " + to;
        }
    }

    record Labelled(String model, Map<String, Long> from, Map<String, Long> to) implements ConfigurationChange {
        @Override
        public String toString() {
            return "model " + model + ": labels " + from + " become " + to;
        }
    }

    /** In the order of names. */
    static List<ConfigurationChange> between(ServingConfiguration from, ServingConfiguration to) {
        List<ConfigurationChange> changes = new ArrayList<>();
        from.models().keySet().stream().filter(name -> !to.models().containsKey(name)).forEach(name -> changes.add(new Removed(name)));
        to.models().forEach((name, model) -> {
            ServedModel before = from.models().get(name);
            if (before == null) {
                changes.add(new Added(name));
            } else {
                changes.addAll(between(before, model));
            }
        });
        return changes;
    }

    private static List<ConfigurationChange> between(ServedModel from, ServedModel to) {
        List<ConfigurationChange> changes = new ArrayList<>();
        if (!from.basePath().equals(to.basePath())) {
            changes.add(new Moved(to.name(), from.basePath(), to.basePath()));
        }
        if (!from.versions().equals(to.versions())) {
            changes.add(new Selected(to.name(), from.versions(), to.versions()));
        }
        if (!from.labels().equals(to.labels())) {
            changes.add(new Labelled(to.name(), from.labels(), to.labels()));
        }
        return changes;
    }
}
