package dev.tideline.platform.stack;

/** The four services, in the order of the loop. */
public enum Service {
    INGEST("ingest-service", "dev.tideline.ingest.IngestService", 10),
    TRAINING("training-service", "dev.tideline.training.TrainingService", 20),
    INFERENCE("inference-service", "dev.tideline.inference.InferenceService", 1),
    MONITORING("monitoring-service", "dev.tideline.monitoring.MonitoringService", 30);

    private final String module;
    private final String mainClass;
    private final int offset;

    Service(String module, String mainClass, int offset) {
        this.module = module;
        this.mainClass = mainClass;
        this.offset = offset;
    }

    /** Name of the Maven module, and of the service everywhere else. */
    public String module() {
        return module;
    }

    String mainClass() {
        return mainClass;
    }

    int offset() {
        return offset;
    }
}
