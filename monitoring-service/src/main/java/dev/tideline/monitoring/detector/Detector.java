package dev.tideline.monitoring.detector;

/** The detectors that there are, each with its published defaults. */
public enum Detector {
    HDDM_A, HDDM_W, ADWIN, CUSUM, PAGE_HINKLEY, DDM;

    /** A detector that has seen nothing. */
    public DriftDetector start() {
        return switch (this) {
            case HDDM_A -> HddmA.withDefaults();
            case HDDM_W -> HddmW.withDefaults();
            case ADWIN -> Adwin.withDefaults();
            case CUSUM -> Cusum.withDefaults();
            case PAGE_HINKLEY -> PageHinkley.withDefaults();
            case DDM -> Ddm.withDefaults();
        };
    }
}
