package dev.tideline.inference.batching;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.StubServable;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers y = x, of any shape, and keeps what it was given. */
final class Echo extends StubServable {

    static final Signature SIGNATURE = new Signature("serving_default", "",
            new TreeMap<>(Map.of("x", new TensorSpec("x", "x", DataType.FLOAT, SpecShape.ofUnknownRank()))),
            new TreeMap<>(Map.of("y", new TensorSpec("y", "y", DataType.FLOAT, SpecShape.ofUnknownRank()))), Map.of());

    final List<Tensor> runs = new CopyOnWriteArrayList<>();

    Echo() {
        super(new ServableId("echo", 1), SIGNATURE);
    }

    @Override
    public Map<String, Tensor> run(Signature signature, List<Map<String, Tensor>> requests) {
        Tensor stacked = Rows.join(requests.stream().map(request -> request.get("x")).toList());
        runs.add(stacked);
        return Map.of("y", stacked);
    }
}
