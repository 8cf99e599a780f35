package dev.tideline.inference.servable;

import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A loaded version. Safe for use by several threads; closed once, after the last use. */
public interface Servable extends AutoCloseable {

    ServableId id();

    SortedMap<String, Signature> signatures();

    /** Of the features that the version was trained on; null for a model without a manifest. */
    @Nullable String schemaFingerprint();

    /**
     * Runs the signature once over the rows of all requests, stacked in order.
     *
     * @param requests at least one; each has all inputs of the signature by alias, and equal row shapes
     * @return the outputs by alias, over all rows
     * @throws dev.tideline.inference.status.StatusException when the model refuses or fails
     */
    Map<String, Tensor> run(Signature signature, List<Map<String, Tensor>> requests);

    /** Makes running and further runs fail with CANCELLED, as far as the engine can. Close remains to be called. */
    default void cancel() {}

    @Override
    void close();
}
