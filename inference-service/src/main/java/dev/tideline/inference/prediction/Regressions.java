package dev.tideline.inference.prediction;

import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;

/** What a regression signature answered, checked: one number per example. */
public final class Regressions {

    private final Tensor values;

    private Regressions(Tensor values) {
        this.values = values;
    }

    /** @throws StatusException INVALID_ARGUMENT when the outputs are no regression of the inputs */
    public static Regressions of(Prediction prediction) {
        int examples = prediction.inputs().values().iterator().next().elements();
        Tensor values = prediction.outputs().get("outputs");
        if (prediction.outputs().size() != 1 || values == null || values.type() != DataType.FLOAT || values.shape().rank() == 0
                || values.shape().rank() > 2 || values.shape().rows() != examples || values.elements() != examples) {
            throw StatusException.invalid("outputs: " + prediction.outputs().keySet()
                    + (values == null ? "" : " " + values.type().label() + " of shape " + values.shape())
                    + " (expected: only outputs, float of shape [" + examples + "] or [" + examples + ",1])");
        }
        return new Regressions(values);
    }

    public int examples() {
        return values.elements();
    }

    public float value(int example) {
        return ((Values.Floats) values.values()).array()[values.offset() + example];
    }
}
