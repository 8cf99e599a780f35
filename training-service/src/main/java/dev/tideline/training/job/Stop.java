package dev.tideline.training.job;

/** Why a running job is stopped from outside. */
enum Stop {

    /** Somebody cancelled it. */
    CANCELLED,
    /** Another instance may have it by now: end without touching its row. */
    LEASE_LOST,
    /** This service stops: the job goes back to the queue. */
    SHUTDOWN,
    /** The child lives longer than it may. */
    TIMEOUT,
    /** The gang that this worker belongs to is over. */
    GANG_OVER
}
