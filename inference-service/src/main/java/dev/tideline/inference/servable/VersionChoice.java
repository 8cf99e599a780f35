package dev.tideline.inference.servable;

/** Which version of a model a request asks for. */
public sealed interface VersionChoice {

    record Default() implements VersionChoice {
        @Override
        public String toString() {
            return "default";
        }
    }

    record Exact(long version) implements VersionChoice {
        @Override
        public String toString() {
            return Long.toString(version);
        }
    }

    record Labelled(String label) implements VersionChoice {
        @Override
        public String toString() {
            return label;
        }
    }
}
