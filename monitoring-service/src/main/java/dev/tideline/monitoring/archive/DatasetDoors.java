package dev.tideline.monitoring.archive;

/** Knows which datasets take records. */
public interface DatasetDoors {

    /** Whether the topic of {@code dataset} exists. Fast: answers are remembered. */
    boolean isOpen(String dataset);
}
