package dev.tideline.training.tensorflow;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;

/** A SavedModel as a server would load it, from its folder alone. */
final class ServedModel implements AutoCloseable {

    private final SavedModelBundle bundle;
    private final Signature signature;

    ServedModel(Path folder) {
        bundle = SavedModelBundle.load(folder.toString(), "serve");
        signature = bundle.function(Signature.DEFAULT_KEY).signature();
    }

    Set<String> inputs() {
        return signature.inputNames();
    }

    /** Answers in the order of {@code outputs}; close the result. */
    Result answer(Map<String, ? extends Tensor> features, Iterable<String> outputs) {
        var runner = bundle.session().runner();
        signature.getInputs().forEach((name, tensor) -> runner.feed(tensor.name, features.get(name)));
        var described = new TreeMap<>(signature.getOutputs());
        outputs.forEach(name -> runner.fetch(described.get(name).name));
        return runner.run();
    }

    @Override
    public void close() {
        bundle.close();
    }
}
