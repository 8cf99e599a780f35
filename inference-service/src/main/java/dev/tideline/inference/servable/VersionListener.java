package dev.tideline.inference.servable;

/** Hears of every change of state, in order per version, on the manager's thread: return at once. */
public interface VersionListener {

    void changed(ServableId id, VersionState state);
}
