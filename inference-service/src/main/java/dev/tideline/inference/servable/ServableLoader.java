package dev.tideline.inference.servable;

import java.nio.file.Path;

/** Turns a version's folder into something that answers, warmed up. May take long; called on a load thread. */
public interface ServableLoader {

    /** @throws LoadFailedException always this, so that a reason reaches people */
    Servable load(ServableId id, Path folder) throws LoadFailedException;
}
