package dev.tideline.training.tensorflow;

import java.util.HashMap;
import java.util.Map;
import org.tensorflow.Output;
import org.tensorflow.proto.DataType;

/**
 * What one replica gets of a batch: rows {@code [i * size, (i + 1) * size)}. When a short batch ends before them, the replica gets the
 * batch's last row as a stand-in, because fused convolutions of oneDNN fail on tensors without rows.
 */
final class Part {

    private final Map<String, Output<?>> features;
    private final Output<?> present;

    /** @param rows number of rows of the batch, int32; at least 1 */
    Part(Nodes host, Map<String, Output<?>> batch, Output<?> rows, int index, int replicas, int batchSize) {
        if (replicas == 1) {
            features = batch;
            present = host.constant(1f);
            return;
        }
        int size = Math.ceilDiv(batchSize, replicas);
        var last = host.call("Sub", rows, host.constant(1));
        var from = host.call("Minimum", host.constant(index * size), last);
        var to = host.constant((index + 1) * size);
        features = new HashMap<>();
        batch.forEach((name, value) -> features.put(name, host.rows(value, from, to)));
        present = host.cast(host.call("Less", host.constant(index * size), rows), DataType.DT_FLOAT);
    }

    /** Raw values by column name, at least one row. */
    Map<String, Output<?>> features() {
        return features;
    }

    /** float32 scalar: 0 for a stand-in, else 1. */
    Output<?> present() {
        return present;
    }
}
