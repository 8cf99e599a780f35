package dev.tideline.inference.tensorflow;

import dev.tideline.inference.servable.RecentInputs;
import dev.tideline.inference.servable.Servable;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensorflow.WarmUpFile.Recorded;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a version before anybody waits for it: with the requests that it brings along, else with what the model was asked lately, else
 * with generated ones. Each signature runs in every batch size, since the first run of a size is a slow one.
 */
final class WarmUp {

    private static final Logger log = LoggerFactory.getLogger(WarmUp.class);

    private final List<Integer> rows;
    private final int iterations;
    private final RecentInputs recent;

    /** @param iterations how often each recorded request runs */
    WarmUp(List<Integer> rows, int iterations, RecentInputs recent) {
        this.rows = List.copyOf(rows);
        this.iterations = iterations;
        this.recent = recent;
    }

    /**
     * @return how many requests the version brought along
     * @throws StatusException when one of them fails: its author said that it would not
     */
    int run(Servable servable, Path folder) {
        Map<String, Map<String, Tensor>> samples = new LinkedHashMap<>();
        List<Recorded> all = WarmUpFile.read(folder, servable.signatures());
        for (Recorded recorded : all) {
            for (int i = 0; i < iterations; i++) {
                run(servable, recorded);
            }
            row(recorded).ifPresent(row -> samples.putIfAbsent(recorded.signature().name(), row));
        }
        for (Signature signature : servable.signatures().values()) {
            Map<String, Tensor> sample = samples.get(signature.name());
            if (sample == null || !inAllSizes(servable, signature, sample)) {
                lately(servable, signature);
            }
        }
        return all.size();
    }

    private static void run(Servable servable, Recorded recorded) {
        try {
            servable.run(recorded.signature(), List.of(recorded.inputs()));
        } catch (StatusException e) {
            throw new StatusException(e.code(), WarmUpFile.PATH + ", signature " + recorded.signature().name() + ": " + e.text(), e);
        }
    }

    private void lately(Servable servable, Signature signature) {
        Optional<Map<String, Tensor>> asked = recent.of(servable.id().model(), signature.name());
        if (asked.isEmpty() || !inAllSizes(servable, signature, asked.get())) {
            Trial.run(servable, signature, rows);
        }
    }

    /** @return false when the signature does not take the sample, perhaps because it is a former version's */
    private boolean inAllSizes(Servable servable, Signature signature, Map<String, Tensor> row) {
        if (!signature.batched() || !row.keySet().equals(signature.inputs().keySet())) {
            return false;
        }
        try {
            for (int n : rows) {
                servable.run(signature, Collections.nCopies(n, row));
            }
            return true;
        } catch (StatusException e) {
            log.debug("{}, signature {}: does not take a former request: {}", servable.id(), signature.name(), e.text());
            return false;
        }
    }

    private static Optional<Map<String, Tensor>> row(Recorded recorded) {
        Map<String, Tensor> row = new LinkedHashMap<>();
        recorded.inputs().forEach((alias, tensor) -> {
            if (tensor.shape().rank() > 0 && tensor.shape().rows() > 0) {
                row.put(alias, tensor.rows(0, 1));
            }
        });
        return row.size() == recorded.inputs().size() ? Optional.of(row) : Optional.empty();
    }
}
