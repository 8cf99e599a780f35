package dev.tideline.inference.rest;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes {@code {"results": ...}}: labels with scores per example, or one value per example. */
final class ExampleResponse {

    private static final byte[] NO_LABEL = {};

    private ExampleResponse() {}

    static byte[] classes(Map<String, Tensor> outputs) {
        Tensor labels = checked(outputs, "classes", DataType.STRING);
        Tensor scores = checked(outputs, "scores", DataType.FLOAT);
        Tensor any = labels == null ? scores : labels;
        if (any == null) {
            throw StatusException.invalid("Expected classification signature outputs to contain at least one of \"classes\" or \"scores\"");
        }
        if (labels != null && scores != null && !labels.shape().equals(scores.shape())) {
            throw StatusException.invalid("classes: shape " + labels.shape() + " (expected: that of scores, " + scores.shape() + ")");
        }
        if (any.elements() == 0) {
            throw StatusException.invalid("Cannot convert empty ClassificationResults to JSON");
        }
        JsonWriter json = start(any.elements());
        json.startList();
        for (int row = 0; row < any.shape().rows(); row++) {
            json.singleLineLists(true);
            json.startList();
            for (int i = row * any.shape().rowElements(); i < (row + 1) * any.shape().rowElements(); i++) {
                json.startList();
                json.string(labels == null ? NO_LABEL : ((Values.Strings) labels.values()).array()[labels.offset() + i]);
                json.number(scores == null ? 0f : ((Values.Floats) scores.values()).array()[scores.offset() + i]);
                json.endList();
            }
            json.endList();
            json.singleLineLists(false);
        }
        json.endList();
        json.endObject();
        return json.toByteArray();
    }

    static byte[] values(Map<String, Tensor> outputs) {
        Tensor values = outputs.get("outputs");
        if (outputs.size() != 1 || values == null || values.type() != DataType.FLOAT || values.shape().rank() == 0
                || values.shape().rank() > 2 || values.elements() != values.shape().rows()) {
            throw StatusException.invalid("outputs: " + outputs.keySet() + (values == null ? "" : " of shape " + values.shape())
                    + " (expected: only outputs, float of shape [n] or [n,1])");
        }
        if (values.elements() == 0) {
            throw StatusException.invalid("Cannot convert empty RegressionResults to JSON");
        }
        JsonWriter json = start(values.elements());
        json.singleLineLists(true);
        json.startList();
        for (int i = 0; i < values.elements(); i++) {
            json.number(((Values.Floats) values.values()).array()[values.offset() + i]);
        }
        json.endList();
        json.endObject();
        return json.toByteArray();
    }

    private static JsonWriter start(int elements) {
        JsonWriter json = new JsonWriter(64 + elements * 24);
        json.startObject();
        json.key("results");
        return json;
    }

    private static @Nullable Tensor checked(Map<String, Tensor> outputs, String alias, DataType type) {
        Tensor tensor = outputs.get(alias);
        if (tensor != null && (tensor.type() != type || tensor.shape().rank() != 2)) {
            throw StatusException.invalid(alias + ": " + tensor.type().label() + " of shape " + tensor.shape() + " (expected: "
                    + type.label() + " of shape [n,classes])");
        }
        return tensor;
    }
}
