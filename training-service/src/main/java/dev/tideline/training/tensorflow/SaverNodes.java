package dev.tideline.training.tensorflow;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.tensorflow.Operation;
import org.tensorflow.Output;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.proto.DataType;

/**
 * Save and restore operations under the three names that {@code Session.save}, {@code Session.restore} and the SavedModel
 * exporter look for. TensorFlow Java's own saver knows reference variables only, not resource variables.
 */
final class SaverNodes {

    private SaverNodes() {}

    /**
     * @param tensors values to save by name in the checkpoint
     * @param restore makes the operation that assigns restored values, given in the order of {@code tensors}
     */
    public static void add(Nodes root, Map<String, Output<?>> tensors, Function<List<Output<?>>, Operation> restore) {
        var nodes = root.under("save");
        var file = nodes.placeholder("filename", DataType.DT_STRING, Shape.scalar());
        var names = nodes.vector(tensors.keySet().toArray(String[]::new));
        var slices = nodes.vector(Collections.nCopies(tensors.size(), "").toArray(String[]::new));
        var saved = nodes.op("SaveV2").in(file, names, slices).list(tensors.values().toArray(Output<?>[]::new)).build();
        nodes.op("Identity", "control_dependency").in(file).after(saved).build();
        var types = Collections.nCopies(tensors.size(), DataType.DT_FLOAT).toArray(DataType[]::new);
        var restored = nodes.op("RestoreV2").in(file, names, slices).attr("dtypes", types).outs();
        nodes.op("NoOp", "restore_all").after(restore.apply(List.of(restored))).build();
    }
}
