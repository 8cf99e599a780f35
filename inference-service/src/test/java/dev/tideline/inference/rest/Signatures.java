package dev.tideline.inference.rest;

import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Signatures for tests of the codec. */
final class Signatures {

    private Signatures() {}

    static Signature of(Object... aliasesAndTypes) {
        SortedMap<String, TensorSpec> inputs = new TreeMap<>();
        for (int i = 0; i < aliasesAndTypes.length; i += 2) {
            String alias = (String) aliasesAndTypes[i];
            inputs.put(alias, new TensorSpec(alias, alias + ":0", (DataType) aliasesAndTypes[i + 1], SpecShape.ofUnknownRank()));
        }
        return new Signature("serving_default", "tensorflow/serving/predict", inputs, new TreeMap<>(), Map.of());
    }
}
