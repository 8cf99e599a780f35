package dev.tideline.inference.batching;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.StubServable;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import dev.tideline.inference.tensor.Values;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/** Answers y = x / 2 + 2 + z, element by element and of any shape, once it is let. Keeps the rows of its runs, by signature. */
final class HalfPlusTwo extends StubServable {

    static final Signature SIGNATURE = signature("serving_default");
    static final Signature OTHER = signature("other");

    final Semaphore permits = new Semaphore(0, true);
    final List<String> runs = new CopyOnWriteArrayList<>();

    HalfPlusTwo() {
        super(new ServableId("half", 1), SIGNATURE, OTHER);
    }

    private static Signature signature(String name) {
        TreeMap<String, TensorSpec> inputs = new TreeMap<>();
        for (String alias : List.of("x", "z")) {
            inputs.put(alias, new TensorSpec(alias, alias, DataType.FLOAT, SpecShape.ofUnknownRank()));
        }
        return new Signature(name, "", inputs,
                new TreeMap<>(Map.of("y", new TensorSpec("y", "y", DataType.FLOAT, SpecShape.ofUnknownRank()))), Map.of());
    }

    @Override
    public Map<String, Tensor> run(Signature signature, List<Map<String, Tensor>> requests) {
        permits.acquireUninterruptibly();
        Tensor x = Rows.join(requests.stream().map(request -> request.get("x")).toList());
        Tensor z = Rows.join(requests.stream().map(request -> request.get("z")).toList());
        float[] y = new float[x.elements()];
        for (int i = 0; i < y.length; i++) {
            y[i] = at(x, i) / 2 + 2 + at(z, i);
        }
        runs.add(signature.name() + " " + x.shape().rows());
        return Map.of("y", Tensor.floats(x.shape(), y));
    }

    private static float at(Tensor tensor, int i) {
        return ((Values.Floats) tensor.values()).array()[tensor.offset() + i];
    }
}
