package dev.tideline.inference.prediction;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that was answered.
 *
 * @param time  when the request came
 * @param trace headers of the trace that it belongs to
 */
public record Prediction(
        String requestId, ServableId servable, Signature signature, @Nullable String schemaFingerprint, Instant time,
        Map<String, String> trace, Map<String, Tensor> inputs, Map<String, Tensor> outputs) {}
