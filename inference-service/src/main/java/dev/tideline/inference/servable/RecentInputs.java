package dev.tideline.inference.servable;

import dev.tideline.inference.tensor.Tensor;
import java.util.Map;
import java.util.Optional;

/** What a model was asked lately, for warming up its next version. */
public interface RecentInputs {

    /** One row by alias; empty when nothing is remembered. */
    Optional<Map<String, Tensor>> of(String model, String signature);
}
