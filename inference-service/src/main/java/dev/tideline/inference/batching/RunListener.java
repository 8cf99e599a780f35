package dev.tideline.inference.batching;

import dev.tideline.inference.servable.ServableId;

/** Hears how each request fared in its queue. On a runner's thread: return at once. */
public interface RunListener {

    /**
     * @param waitNanos from the request's arrival in the queue to the start of its run
     * @param runNanos  the run that it shared
     */
    void ran(ServableId id, long waitNanos, long runNanos);
}
