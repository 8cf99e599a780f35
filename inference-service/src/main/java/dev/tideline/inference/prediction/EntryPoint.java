package dev.tideline.inference.prediction;

/** Which call of which door a request came by; metrics name it in TensorFlow Serving's words. */
public enum EntryPoint {

    REST_PREDICT("REST", "Predict"),
    REST_CLASSIFY("REST", "Classify"),
    REST_REGRESS("REST", "Regress"),
    GRPC_PREDICT("GRPC", "Predict"),
    GRPC_CLASSIFY("GRPC", "Classify"),
    GRPC_REGRESS("GRPC", "Regress"),
    /** A task of MultiInference, by its method. */
    GRPC_MULTI_CLASSIFY("GRPC", "MultiInference"),
    GRPC_MULTI_REGRESS("GRPC", "MultiInference");

    private final String door;
    private final String api;

    EntryPoint(String door, String api) {
        this.door = door;
        this.api = api;
    }

    String door() {
        return door;
    }

    String api() {
        return api;
    }
}
