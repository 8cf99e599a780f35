package dev.tideline.inference.batching;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What single models have in place of {@link BatchingProperties}.
 *
 * @param models     by name; what one leaves out is as for all
 * @param modelFiles whether a {@code batching_params.pbtxt} in a version's folder counts more than either
 */
@ConfigurationProperties("tideline.inference.batching")
record ModelBatching(@DefaultValue Map<String, Own> models, @DefaultValue("false") boolean modelFiles) {

    static final ModelBatching NONE = new ModelBatching(Map.of(), false);

    /** The names and meanings of {@link BatchingProperties}; the runners are shared by all. */
    record Own(
            @Nullable Integer maxRows, @Nullable Duration maxWait, @Nullable Integer queueRows, @Nullable List<Integer> allowedRows,
            @Nullable Boolean splitRequests, @Nullable Boolean padLengths, @Nullable Double padValue, @Nullable Duration targetP99) {

        BatchingProperties over(BatchingProperties all) {
            return new BatchingProperties(
                    positive("max-rows", maxRows, all.maxRows()), maxWait == null ? all.maxWait() : maxWait,
                    positive("queue-rows", queueRows, all.queueRows()), all.runners(), allowedRows == null ? all.allowedRows() : allowedRows,
                    splitRequests == null ? all.splitRequests() : splitRequests, padLengths == null ? all.padLengths() : padLengths,
                    padValue == null ? all.padValue() : padValue, targetP99 == null ? all.targetP99() : targetP99);
        }

        private static int positive(String name, @Nullable Integer own, int all) {
            if (own != null && own < 1) {
                throw new IllegalArgumentException(name + ": " + own + " (expected: at least 1)");
            }
            return own == null ? all : own;
        }
    }

    /** @throws IllegalArgumentException that names the model whose settings make no sense together */
    Map<String, BatchingProperties> over(BatchingProperties all) {
        Map<String, BatchingProperties> merged = new TreeMap<>();
        models.forEach((model, own) -> {
            try {
                merged.put(model, own.over(all));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("tideline.inference.batching.models." + model + ": " + e.getMessage(), e);
            }
        });
        return merged;
    }
}
