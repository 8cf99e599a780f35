package dev.tideline.inference.servable;

import java.nio.file.Path;

/** Looks at a version's folder before it is loaded, for whoever needs something of it. Called on a load thread. */
public interface VersionCheck {

    /** @throws dev.tideline.inference.status.StatusException when the version cannot be served as it is */
    void check(ServableId id, Path folder);
}
