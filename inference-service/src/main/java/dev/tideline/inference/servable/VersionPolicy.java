package dev.tideline.inference.servable;

import java.util.List;
import java.util.Optional;

/** Decides the next step of a model's versions. Pure: the manager does what it says and asks again. */
interface VersionPolicy {

    enum Phase { NEW, BUSY, READY, ENDED }

    /** @param phase BUSY while it loads or unloads */
    record Version(long number, boolean aspired, Phase phase) {}

    sealed interface Step {
        record Load(long version) implements Step {}

        record Unload(long version) implements Step {}
    }

    Optional<Step> next(List<Version> versions);
}
