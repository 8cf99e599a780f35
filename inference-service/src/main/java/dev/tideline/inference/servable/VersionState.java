package dev.tideline.inference.servable;

import dev.tideline.inference.status.StatusCode;

/** Where a version is in its life. */
public sealed interface VersionState {

    /** Aspired, not begun. */
    record Start() implements VersionState {}

    record Loading() implements VersionState {}

    record Available() implements VersionState {}

    /** Takes no new requests; waits for those that run. */
    record Unloading() implements VersionState {}

    /** Withdrawn, or failed when the code is not OK. */
    record End(StatusCode code, String message) implements VersionState {
        public boolean failed() {
            return code != StatusCode.OK;
        }
    }

    /** As TensorFlow Serving's status answers write it. */
    default String label() {
        return switch (this) {
            case Start s -> "START";
            case Loading l -> "LOADING";
            case Available a -> "AVAILABLE";
            case Unloading u -> "UNLOADING";
            case End e -> "END";
        };
    }
}
