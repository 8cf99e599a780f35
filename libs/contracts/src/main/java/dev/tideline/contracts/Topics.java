package dev.tideline.contracts;

/** Names of Tideline's Kafka topics. */
public final class Topics {

    /** Original bytes of records that broke their schema; key: dataset. */
    public static final String REJECTS = "tideline.rejects";
    /** {@link DatasetVersionEvent}; key: dataset. */
    public static final String DATASET_VERSIONS = "tideline.dataset-versions";
    /** {@link TrainingRequest}; key: model. */
    public static final String TRAINING_REQUESTS = "tideline.training-requests";
    /** {@link Approval}; key: model. */
    public static final String APPROVALS = "tideline.approvals";
    /** {@link TrainingProgress}; key: job. */
    public static final String TRAINING_PROGRESS = "tideline.training-progress";
    /** {@link ModelVersionEvent}; key: model; compacted. */
    public static final String MODEL_VERSIONS = "tideline.model-versions";
    /** {@link DeploymentEvent}; key: model. */
    public static final String DEPLOYMENTS = "tideline.deployments";
    /** {@code tf.train.Example} bytes of inputs and outputs; key: prediction id. */
    public static final String PREDICTIONS = "tideline.predictions";
    /** Late labels, JSON {@link Outcome}; key: prediction id. Has as many partitions as {@link #PREDICTIONS}. */
    public static final String OUTCOMES = "tideline.outcomes";
    /** {@link DriftEvent}; key: model. */
    public static final String DRIFT = "tideline.drift";

    private static final String RECORDS_PREFIX = "tideline.records.";

    private Topics() {}

    /** The public door of a dataset: JSON or {@code tf.train.Example} bytes, see {@link RecordHeaders#CONTENT_TYPE}. */
    public static String records(String dataset) {
        return RECORDS_PREFIX + dataset;
    }

    /** Where messages of {@code topic} go that can never be processed. */
    public static String deadLetter(String topic) {
        return topic + ".dlt";
    }
}
