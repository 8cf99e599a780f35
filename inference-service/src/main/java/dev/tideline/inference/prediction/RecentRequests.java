package dev.tideline.inference.prediction;

import dev.tideline.inference.servable.RecentInputs;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.springframework.stereotype.Component;

/** Keeps one row per model and signature, in memory alone, renewed now and then. Large rows are not kept. */
@Component
final class RecentRequests implements PredictionListener, RecentInputs {

    private static final long RENEW_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long MAX_BYTES = 1 << 20;

    private record Key(String model, String signature) {}

    private record Row(Map<String, Tensor> inputs, long taken) {}

    private final Map<Key, Row> rows = new ConcurrentHashMap<>();

    @Override
    public void predicted(Prediction prediction) {
        Key key = new Key(prediction.servable().model(), prediction.signature().name());
        Row known = rows.get(key);
        long now = System.nanoTime();
        if ((known == null || now - known.taken() > RENEW_NANOS) && fits(prediction)) {
            Map<String, Tensor> row = firstRow(prediction.inputs());
            if (row.values().stream().mapToLong(Tensor::byteSize).sum() <= MAX_BYTES) {
                rows.put(key, new Row(row, now));
            }
        }
    }

    /** What the graph took beside its signature is no sample for other batches. */
    private static boolean fits(Prediction prediction) {
        Signature signature = prediction.signature();
        return signature.batched() && prediction.inputs().entrySet().stream()
                .allMatch(input -> signature.inputs().get(input.getKey()).shape().accepts(input.getValue().shape()));
    }

    /** Copied: a view would hold on to the whole request. */
    private static Map<String, Tensor> firstRow(Map<String, Tensor> inputs) {
        Map<String, Tensor> row = LinkedHashMap.newLinkedHashMap(inputs.size());
        inputs.forEach((alias, tensor) -> {
            if (tensor.shape().rank() > 0 && tensor.shape().rows() > 0) {
                row.put(alias, tensor.rows(0, 1).copy());
            }
        });
        return row;
    }

    @Override
    public Optional<Map<String, Tensor>> of(String model, String signature) {
        return Optional.ofNullable(rows.get(new Key(model, signature))).map(Row::inputs);
    }
}
