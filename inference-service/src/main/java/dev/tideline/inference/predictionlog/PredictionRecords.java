package dev.tideline.inference.predictionlog;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import dev.tideline.tfrecord.MalformedExampleException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the log's records: raw inputs by name, outputs as {@code output/<alias>}, one {@code tf.train.Example} per row. Where the only input
 * is a serialised Example, its features are the raw inputs.
 */
final class PredictionRecords {

    private final Set<String> redacted;

    /** @param redacted names of features that never leave the process, outputs with their prefix */
    PredictionRecords(Set<String> redacted) {
        this.redacted = Set.copyOf(redacted);
    }

    /**
     * Empty when the inputs do not agree on a number of rows: then there are no single predictions to speak of.
     *
     */
    List<LogRecord> of(Prediction prediction) {
        int rows = rows(prediction);
        Map<String, String> shared = sharedHeaders(prediction);
        shared.putAll(prediction.trace());
        List<LogRecord> records = new ArrayList<>(Math.max(0, rows));
        for (int row = 0; row < rows; row++) {
            Map<String, Feature> features = new HashMap<>(inputs(prediction, row));
            for (Map.Entry<String, Tensor> output : prediction.outputs().entrySet()) {
                if (output.getValue().shape().rank() > 0 && output.getValue().shape().rows() == rows) {
                    features.put(RecordHeaders.OUTPUT_PREFIX + output.getKey(), Features.of(output.getValue(), row));
                }
            }
            features.keySet().removeAll(redacted);
            String id = prediction.requestId() + "-" + row;
            Map<String, String> headers = new LinkedHashMap<>(shared);
            headers.put(RecordHeaders.PREDICTION_ID, id);
            records.add(new LogRecord(id, prediction.time().toEpochMilli(), headers, Example.of(features).encode()));
        }
        return records;
    }

    private Map<String, Feature> inputs(Prediction prediction, int row) {
        if (prediction.inputs().size() == 1) {
            Map.Entry<String, Tensor> only = prediction.inputs().entrySet().iterator().next();
            if (only.getValue().values() instanceof Values.Strings strings && only.getValue().shape().rowElements() == 1) {
                Map<String, Feature> inside = inside(strings.array()[only.getValue().offset() + row]);
                if (!inside.isEmpty()) {
                    return inside;
                }
            }
        }
        Map<String, Feature> features = new HashMap<>();
        prediction.inputs().forEach((name, tensor) -> features.put(name, Features.of(tensor, row)));
        return features;
    }

    /** The features of a serialised Example; none when the bytes are something else. */
    private static Map<String, Feature> inside(byte[] bytes) {
        try {
            return Example.decode(bytes).features();
        } catch (MalformedExampleException e) {
            return Map.of();
        }
    }

    private static int rows(Prediction prediction) {
        int rows = -1;
        for (Tensor input : prediction.inputs().values()) {
            if (input.shape().rank() == 0 || rows >= 0 && rows != input.shape().rows()) {
                return -1;
            }
            rows = input.shape().rows();
        }
        return rows;
    }

    private static Map<String, String> sharedHeaders(Prediction prediction) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(RecordHeaders.CONTENT_TYPE, RecordHeaders.EXAMPLE);
        headers.put(RecordHeaders.MODEL, prediction.servable().model());
        headers.put(RecordHeaders.MODEL_VERSION, Long.toString(prediction.servable().version()));
        headers.put(RecordHeaders.SIGNATURE, prediction.signature().name());
        headers.put(RecordHeaders.TIME, prediction.time().toString());
        if (prediction.schemaFingerprint() != null) {
            headers.put(RecordHeaders.SCHEMA_FINGERPRINT, prediction.schemaFingerprint());
        }
        return headers;
    }
}
