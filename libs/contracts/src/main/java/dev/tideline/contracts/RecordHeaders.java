package dev.tideline.contracts;

/** Kafka header names; all values are UTF-8 text. */
public final class RecordHeaders {

    /** {@link #JSON} or {@link #EXAMPLE}; JSON when the header is absent. */
    public static final String CONTENT_TYPE = "content-type";
    public static final String JSON = "application/json";
    public static final String EXAMPLE = "application/x-tf-example";

    /** Event time of a record or prediction, ISO-8601. The Kafka timestamp counts when the header is absent. */
    public static final String TIME = "tideline-time";
    public static final String MODEL = "tideline-model";
    public static final String MODEL_VERSION = "tideline-model-version";
    public static final String SIGNATURE = "tideline-signature";
    public static final String SCHEMA_FINGERPRINT = "tideline-schema-fingerprint";
    public static final String PREDICTION_ID = "tideline-prediction-id";
    /** On archived records: names of the features that were hidden, with commas between. */
    public static final String REDACTED = "tideline-redacted";

    /** On {@link Topics#REJECTS}. */
    public static final String REJECT_CODE = "tideline-reject-code";
    public static final String REJECT_MESSAGE = "tideline-reject-message";
    public static final String SOURCE_TOPIC = "tideline-source-topic";
    public static final String SOURCE_PARTITION = "tideline-source-partition";
    public static final String SOURCE_OFFSET = "tideline-source-offset";

    /** CloudEvents 1.0, Kafka binding in binary mode; on lifecycle events. */
    public static final String CE_SPECVERSION = "ce_specversion";
    public static final String CE_ID = "ce_id";
    public static final String CE_SOURCE = "ce_source";
    public static final String CE_TYPE = "ce_type";
    public static final String CE_TIME = "ce_time";

    /** Prefix of output features in a logged prediction, as in {@code output/probability}. */
    public static final String OUTPUT_PREFIX = "output/";

    private RecordHeaders() {}
}
