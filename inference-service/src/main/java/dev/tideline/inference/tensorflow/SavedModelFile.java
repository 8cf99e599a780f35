package dev.tideline.inference.tensorflow;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;

/** {@code saved_model.pb} of a version's folder, read without TensorFlow. */
final class SavedModelFile {

    static final String NAME = "saved_model.pb";

    /** What people take for a SavedModel, by a file that gives it away. */
    private static final Map<String, String> OTHERS = Map.of(
            "export.meta", "a SessionBundle of TensorFlow 0.x", "model.tflite", "a TensorFlow Lite model", "model.onnx", "an ONNX model",
            "model.keras", "a Keras file, to be exported with model.export()", "model.h5", "a Keras file, to be exported with model.export()",
            "saved_model.pbtxt", "a SavedModel as text", "config.pbtxt", "a model of Triton", "checkpoint", "a checkpoint");

    private SavedModelFile() {}

    /** @throws StatusException NOT_FOUND when the folder holds none, with what it seems to be instead */
    static void find(Path folder) {
        if (Files.isRegularFile(folder.resolve(NAME))) {
            return;
        }
        String other = OTHERS.keySet().stream().sorted().filter(file -> Files.exists(folder.resolve(file))).findFirst()
                .map(file -> "; it looks like " + OTHERS.get(file)).orElse("");
        throw new StatusException(StatusCode.NOT_FOUND, "model folder: " + folder + " (expected: a saved_model.pb in it" + other + ")");
    }

    /**
     * @param tags all of which the graph must carry, and no other
     * @throws StatusException DATA_LOSS when the file is damaged, NOT_FOUND when no graph has these tags
     */
    static MetaGraphDef graph(Path folder, Set<String> tags) {
        SavedModel model;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(folder.resolve(NAME)))) {
            model = SavedModel.parseFrom(in);
        } catch (IOException e) {
            throw new StatusException(
                    StatusCode.DATA_LOSS, NAME + ": " + e.getMessage() + " (expected: a whole SavedModel)", e);
        }
        return model.getMetaGraphsList().stream().filter(graph -> Set.copyOf(graph.getMetaInfoDef().getTagsList()).equals(tags)).findFirst()
                .orElseThrow(() -> new StatusException(StatusCode.NOT_FOUND, NAME + ": graphs with tags " + tags(model)
                        + " (expected: one with " + tags + ")"));
    }

    private static List<List<String>> tags(SavedModel model) {
        return model.getMetaGraphsList().stream().<List<String>>map(graph -> List.copyOf(graph.getMetaInfoDef().getTagsList())).toList();
    }
}
