package dev.tideline.inference.batching;

import dev.tideline.inference.configuration.InvalidConfigurationException;
import dev.tideline.inference.configuration.ProtoText;
import dev.tideline.serving.protocol.BatchingParameters;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** TensorFlow Serving's {@code BatchingParameters} as keys below {@code tideline.inference.batching}. */
public final class BatchingParametersFile {

    public static final String RUNNERS = "runners";
    public static final String ALLOWED_ROWS = "allowed-rows";

    private static final long MAX_BATCH_SIZE = 1000;
    private static final long MAX_ENQUEUED_BATCHES = 10;

    private BatchingParametersFile() {}

    /**
     * What the file leaves out is as in TensorFlow Serving, but for the threads.
     *
     * @throws InvalidConfigurationException that names file, line and column
     */
    public static Map<String, String> keys(Path file) {
        BatchingParameters.Builder builder = BatchingParameters.newBuilder();
        ProtoText.read(file, builder);
        return keys(builder.build());
    }

    private static Map<String, String> keys(BatchingParameters parameters) {
        boolean split = parameters.getEnableLargeBatchSplitting().getValue();
        long rows = split && parameters.hasMaxExecutionBatchSize() ? parameters.getMaxExecutionBatchSize().getValue()
                : parameters.hasMaxBatchSize() ? parameters.getMaxBatchSize().getValue() : MAX_BATCH_SIZE;
        long batches = parameters.hasMaxEnqueuedBatches() ? Math.max(1, parameters.getMaxEnqueuedBatches().getValue()) : MAX_ENQUEUED_BATCHES;
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("max-rows", Long.toString(rows));
        keys.put("max-wait", parameters.getBatchTimeoutMicros().getValue() + "us");
        keys.put("queue-rows", Long.toString(queueRows(rows, batches)));
        if (parameters.hasNumBatchThreads()) {
            keys.put(RUNNERS, Long.toString(parameters.getNumBatchThreads().getValue()));
        }
        keys.put("split-requests", Boolean.toString(split));
        keys.put("pad-lengths", Boolean.toString(parameters.getPadVariableLengthInputs()));
        if (parameters.getAllowedBatchSizesCount() > 0) {
            keys.put(ALLOWED_ROWS, parameters.getAllowedBatchSizesList().stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return keys;
    }

    private static long queueRows(long rows, long batches) {
        long most = Math.max(1, rows);
        return batches > Integer.MAX_VALUE / most ? Integer.MAX_VALUE : most * batches;
    }
}
