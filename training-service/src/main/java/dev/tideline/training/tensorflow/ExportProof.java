package dev.tideline.training.tensorflow;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.Signature;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.NdArray;

/** Asks a SavedModel as TensorFlow's own loader reads it, and compares every output of every signature with the graph in memory. */
final class ExportProof {

    /** Relative to the larger of 1 and the value. */
    private static final double TOLERANCE = 1e-5;

    private ExportProof() {}

    /**
     * @param requests by signature key, inputs by name
     * @throws BrokenExportException naming signature, output, row and both values
     */
    static void check(Path folder, Session memory, List<Signature> signatures, Map<String, Map<String, Tensor>> requests) {
        try (var bundle = load(folder)) {
            for (var expected : signatures) {
                var inputs = requests.get(expected.key());
                try (var right = run(memory, expected, inputs); var given = run(bundle.session(), signature(bundle, expected), inputs)) {
                    compare(expected, right, given);
                }
            }
        }
    }

    private static SavedModelBundle load(Path folder) {
        try {
            return SavedModelBundle.load(folder.toString(), "serve");
        } catch (RuntimeException failure) {
            throw new BrokenExportException("it cannot be loaded: " + failure.getMessage(), failure);
        }
    }

    private static Signature signature(SavedModelBundle bundle, Signature expected) {
        try {
            return bundle.function(expected.key()).signature();
        } catch (RuntimeException missing) {
            throw new BrokenExportException("signature " + expected.key() + ": absent (expected: as exported)", missing);
        }
    }

    private static Result run(Session session, Signature signature, Map<String, Tensor> inputs) {
        try {
            var runner = session.runner();
            signature.getInputs().forEach((name, tensor) -> runner.feed(tensor.name, inputs.get(name)));
            new TreeMap<>(signature.getOutputs()).values().forEach(tensor -> runner.fetch(tensor.name));
            return runner.run();
        } catch (RuntimeException failure) {
            throw new BrokenExportException("signature " + signature.key() + ": " + failure.getMessage(), failure);
        }
    }

    private static void compare(Signature signature, Result right, Result given) {
        int index = 0;
        for (var name : new TreeMap<>(signature.getOutputs()).keySet()) {
            var expected = values(right.get(index));
            var found = values(given.get(index++));
            if (expected.size() != found.size()) {
                throw new BrokenExportException("signature " + signature.key() + ", output " + name + ": " + found.size()
                    + " values (expected: " + expected.size() + ")", null);
            }
            for (int i = 0; i < expected.size(); i++) {
                if (!same(expected.get(i), found.get(i))) {
                    throw new BrokenExportException("signature " + signature.key() + ", output " + name + ", value " + i + ": "
                        + found.get(i) + " (expected: " + expected.get(i) + " as in the trained graph)", null);
                }
            }
        }
    }

    private static boolean same(Object expected, Object found) {
        if (expected instanceof Float e && found instanceof Float f) {
            return Math.abs(e - f) <= TOLERANCE * Math.max(1, Math.abs(e)) || e.equals(f);
        }
        return expected.equals(found);
    }

    private static List<Object> values(Tensor tensor) {
        var values = new ArrayList<Object>();
        ((NdArray<?>) tensor).scalars().forEach(value -> values.add(value.getObject()));
        return values;
    }

}
