package dev.tideline.inference.configuration;

import java.util.NavigableSet;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which of the versions that there are get served. */
public sealed interface VersionSelection {

    /** The given number of highest versions. */
    record Latest(int count) implements VersionSelection {
        @Override
        public String toString() {
            return "latest " + count;
        }
    }

    record All() implements VersionSelection {
        @Override
        public String toString() {
            return "all";
        }
    }

    /** These, as far as they are there. */
    record Specific(SortedSet<Long> versions) implements VersionSelection {
        public Specific {
            versions = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(versions));
        }

        @Override
        public String toString() {
            return "specific " + versions;
        }
    }

    VersionSelection LATEST = new Latest(1);

    /** @param there versions that could be served */
    default SortedSet<Long> choose(NavigableSet<Long> there) {
        return switch (this) {
            case All all -> there;
            case Latest latest -> new TreeSet<>(there.descendingSet().stream().limit(latest.count()).toList());
            case Specific specific -> {
                SortedSet<Long> chosen = new TreeSet<>(specific.versions());
                chosen.retainAll(there);
                yield chosen;
            }
        };
    }
}
