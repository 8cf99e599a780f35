package dev.tideline.inference.prediction;

import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.Tensor;
import java.util.Map;
import java.util.SortedMap;

/** A request in a door's own form. What it means is known only once the version is chosen. */
public interface InputReader {

    EntryPoint entryPoint();

    /** @throws dev.tideline.inference.status.StatusException in the door's words, when the version lacks the signature */
    Signature choose(SortedMap<String, Signature> available);

    /** @throws dev.tideline.inference.status.StatusException INVALID_ARGUMENT */
    Map<String, Tensor> read(Signature signature);
}
