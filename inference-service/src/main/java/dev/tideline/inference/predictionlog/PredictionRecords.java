package dev.tideline.inference.predictionlog;

import dev.tideline.contracts.RecordHeaders;
import dev.tideline.contracts.Topics;
import dev.tideline.inference.prediction.Prediction;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/** Makes the log's records: raw inputs by name, outputs as {@code output/<alias>}, one {@code tf.train.Example} per row. */
final class PredictionRecords {

    private PredictionRecords() {}

    /** Empty when the inputs do not agree on a number of rows: then there are no single predictions to speak of. */
    static List<ProducerRecord<String, byte[]>> of(Prediction prediction) {
        int rows = rows(prediction);
        List<Header> shared = sharedHeaders(prediction);
        List<ProducerRecord<String, byte[]>> records = new ArrayList<>(Math.max(0, rows));
        for (int row = 0; row < rows; row++) {
            Map<String, Feature> features = new HashMap<>();
            for (Map.Entry<String, Tensor> input : prediction.inputs().entrySet()) {
                features.put(input.getKey(), feature(input.getValue(), row));
            }
            for (Map.Entry<String, Tensor> output : prediction.outputs().entrySet()) {
                if (output.getValue().shape().rank() > 0 && output.getValue().shape().rows() == rows) {
                    features.put(RecordHeaders.OUTPUT_PREFIX + output.getKey(), feature(output.getValue(), row));
                }
            }
            String id = prediction.requestId() + "-" + row;
            List<Header> headers = new ArrayList<>(shared);
            headers.add(header(RecordHeaders.PREDICTION_ID, id));
            records.add(new ProducerRecord<>(
                    Topics.PREDICTIONS, null, prediction.time().toEpochMilli(), id, Example.of(features).encode(), headers));
        }
        return records;
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

    private static List<Header> sharedHeaders(Prediction prediction) {
        List<Header> headers = new ArrayList<>();
        headers.add(header(RecordHeaders.CONTENT_TYPE, RecordHeaders.EXAMPLE));
        headers.add(header(RecordHeaders.MODEL, prediction.servable().model()));
        headers.add(header(RecordHeaders.MODEL_VERSION, Long.toString(prediction.servable().version())));
        headers.add(header(RecordHeaders.SIGNATURE, prediction.signature().name()));
        headers.add(header(RecordHeaders.TIME, prediction.time().toString()));
        if (prediction.schemaFingerprint() != null) {
            headers.add(header(RecordHeaders.SCHEMA_FINGERPRINT, prediction.schemaFingerprint()));
        }
        return headers;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private static Feature feature(Tensor tensor, int row) {
        int n = tensor.shape().rowElements();
        int from = tensor.offset() + row * n;
        return switch (tensor.values()) {
            case Values.Floats v -> new Feature.Floats(Arrays.copyOfRange(v.array(), from, from + n));
            case Values.Doubles v -> floats(v.array(), from, n);
            case Values.Longs v -> new Feature.Longs(Arrays.copyOfRange(v.array(), from, from + n));
            case Values.Ints v -> longs(n, i -> v.array()[from + i]);
            case Values.Shorts v -> longs(n, i -> v.array()[from + i]);
            case Values.Bytes v -> longs(n, i -> v.array()[from + i]);
            case Values.Strings v -> new Feature.Bytes(Arrays.copyOfRange(v.array(), from, from + n));
        };
    }

    private static Feature floats(double[] array, int from, int n) {
        float[] floats = new float[n];
        for (int i = 0; i < n; i++) {
            floats[i] = (float) array[from + i];
        }
        return new Feature.Floats(floats);
    }

    private static Feature longs(int n, IntToLongFunction element) {
        long[] longs = new long[n];
        Arrays.setAll(longs, element);
        return new Feature.Longs(longs);
    }
}
