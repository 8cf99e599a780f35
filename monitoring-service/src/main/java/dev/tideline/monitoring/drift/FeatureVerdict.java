package dev.tideline.monitoring.drift;

import java.util.List;

/** What a window says about one feature or output. */
public sealed interface FeatureVerdict {

    String name();

    Figures figures();

    /** What was found, for people; empty when nothing was. */
    default List<Finding> findings() {
        return List.of();
    }

    /** Too few rows to say anything. */
    record Insufficient(String name, Figures figures) implements FeatureVerdict {}

    /** No difference that is both real and large enough to matter. */
    record Stable(String name, Figures figures) implements FeatureVerdict {}

    /** A real but moderate difference, or one seen in too few rows to be called drift. */
    record Warning(String name, Figures figures, List<Finding> findings) implements FeatureVerdict {
        public Warning {
            findings = List.copyOf(findings);
        }
    }

    /** A real and large difference: the world moved. */
    record Drift(String name, Figures figures, List<Finding> findings, boolean major) implements FeatureVerdict {
        public Drift {
            findings = List.copyOf(findings);
        }
    }

    /** Something is broken: missing values, another type. Nothing is to be learnt from such data. */
    record Faulty(String name, Figures figures, List<Finding> findings) implements FeatureVerdict {
        public Faulty {
            findings = List.copyOf(findings);
        }

        /** The fault itself, for people. */
        public String fault() {
            return name + ": " + findings.stream().filter(finding -> finding.alert() && finding.kind().isFault())
                    .map(Finding::text).findFirst().orElse("broken");
        }
    }
}
