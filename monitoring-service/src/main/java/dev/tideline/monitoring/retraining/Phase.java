package dev.tideline.monitoring.retraining;

/** Where a model stands in the loop. */
public enum Phase {
    /** Nothing to do. */
    HEALTHY,
    /** One drifting window, or the error detector warns. */
    WARNING,
    /** Drift is confirmed. */
    DRIFT,
    /** An error alarm fired; labelled rows of the new concept are being collected. */
    COLLECTING,
    /** A training is proposed, or a candidate passed the gate; a person has to approve it. */
    APPROVAL,
    /** A request is out. */
    TRAINING,
    /** The candidate is compared with the champion. */
    GATE,
    /** A new version was promoted and is not yet seen live. */
    DEPLOYING,
    /** The data are broken; nothing is learnt from them until a window is whole again. */
    BLOCKED,
    /** The candidate lost or training failed; nothing is requested until the cool-down ends. */
    REJECTED,
    /** A version was rolled back; nothing is requested until the cool-down ends. */
    ROLLED_BACK,
    /** The policy is paused; only a person's request is sent. */
    PAUSED;

    /** A request is on its way; no other may leave. */
    boolean inTraining() {
        return this == TRAINING || this == GATE || this == DEPLOYING;
    }

    /** Windows and warnings may move the loop. */
    boolean isCalm() {
        return this == HEALTHY || this == WARNING || this == DRIFT;
    }

    /** Ends with the cool-down. */
    boolean rests() {
        return this == REJECTED || this == ROLLED_BACK;
    }
}
