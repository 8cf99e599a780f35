package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a classification signature answered, checked: per example as many labels, scores or both as there are classes. */
public final class Classes {

    private static final byte[] NO_LABEL = {};

    private final int examples;
    private final int width;
    private final @Nullable Tensor labels;
    private final @Nullable Tensor scores;

    private Classes(int examples, int width, @Nullable Tensor labels, @Nullable Tensor scores) {
        this.examples = examples;
        this.width = width;
        this.labels = labels;
        this.scores = scores;
    }

    /** @throws StatusException INVALID_ARGUMENT when the outputs are no classification of the inputs */
    public static Classes of(Prediction prediction) {
        Map<String, Tensor> outputs = prediction.outputs();
        int examples = prediction.inputs().values().iterator().next().elements();
        Tensor labels = checked(outputs, "classes", DataType.STRING, examples);
        Tensor scores = checked(outputs, "scores", DataType.FLOAT, examples);
        Tensor any = labels == null ? scores : labels;
        if (any == null) {
            throw StatusException.invalid("Expected classification signature outputs to contain at least one of \"classes\" or \"scores\"."
                    + " Signature was: " + prediction.signature().name());
        }
        if (labels != null && scores != null && !labels.shape().equals(scores.shape())) {
            throw StatusException.invalid("Tensors class and score should match in dim_size(1). Got " + labels.shape().rowElements() + " vs. "
                    + scores.shape().rowElements());
        }
        return new Classes(examples, any.shape().rowElements(), labels, scores);
    }

    private static @Nullable Tensor checked(Map<String, Tensor> outputs, String alias, DataType type, int examples) {
        Tensor tensor = outputs.get(alias);
        if (tensor != null && (tensor.type() != type || tensor.shape().rank() != 2 || tensor.shape().rows() != examples)) {
            throw StatusException.invalid(alias + ": " + tensor.type().label() + " of shape " + tensor.shape() + " (expected: "
                    + type.label() + " of shape [" + examples + ",classes])");
        }
        return tensor;
    }

    public int examples() {
        return examples;
    }

    public int width() {
        return width;
    }

    /** UTF-8; empty when the signature gives scores only. */
    public byte[] label(int example, int position) {
        return labels == null ? NO_LABEL : ((Values.Strings) labels.values()).array()[labels.offset() + example * width + position];
    }

    /** 0 when the signature gives labels only. */
    public float score(int example, int position) {
        return scores == null ? 0 : ((Values.Floats) scores.values()).array()[scores.offset() + example * width + position];
    }
}
