package dev.tideline.training.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One layer between the inputs and the head. Shapes below are per example; {@link Shapes} has the rules. */
public sealed interface Layer {

    /** What a layer does with each of its sums. */
    enum Activation { LINEAR, RELU, TANH, SIGMOID, ELU, SELU, SOFTPLUS }

    /**
     * Fully connected, {@code [n] -> [units]}.
     *
     * @param l2         weight of the squared kernel in the loss
     * @param groupLasso weight in the loss of the lengths of the kernel's rows, one for each of the {@code n} inputs: it takes inputs that mean
     *                   nothing out altogether and leaves the others nearly alone (Yuan and Lin, JRSS B 68, 2006; for networks Scardapane and
     *                   others, Neurocomputing 241, 2017)
     */
    record Dense(int units, Activation activation, double l2, double groupLasso) implements Layer {

        public Dense(int units, Activation activation, double l2) {
            this(units, activation, l2, 0);
        }
    }

    /** Zeroes each value with probability {@code rate} in training and scales the rest; does nothing in serving. */
    record Dropout(double rate) implements Layer {}

    /** The last dimension of each example to mean 0 and deviation 1, then a trained scale and offset. */
    record LayerNorm() implements Layer {}

    /**
     * Each channel of the batch to mean 0 and deviation 1 (Ioffe and Szegedy 2015), then a trained scale and offset. In training
     * each replica takes the figures of its own part of the batch; serving takes moving averages, the mean over replicas.
     *
     * @param momentum how much of the moving averages a step keeps
     */
    record BatchNorm(double momentum, double epsilon) implements Layer {}

    /** Nothing but the function. */
    record Activate(Activation activation) implements Layer {}

    /** {@code [h, w, c] -> [h', w', filters]}. */
    record Conv2d(int filters, Window window, Activation activation, double l2) implements Layer {}

    /** Each channel by itself, {@code [h, w, c] -> [h', w', c * multiplier]}. */
    record DepthwiseConv2d(int multiplier, Window window, Activation activation) implements Layer {}

    record MaxPool(Window window) implements Layer {}

    record AveragePool(Window window) implements Layer {}

    /** The largest value of each channel, {@code [h, w, c] -> [c]}. */
    record GlobalMaxPool() implements Layer {}

    /** The mean of each channel, {@code [h, w, c] -> [c]}. */
    record GlobalAveragePool() implements Layer {}

    /** {@code [h, w, c] -> [h * w * c]}. */
    record Flatten() implements Layer {}

    /** The same numbers in another shape: {@code [n]} or {@code [h, w, c]}. */
    record Reshape(List<Integer> shape) implements Layer {
        public Reshape {
            shape = List.copyOf(shape);
        }
    }

    /** Puts named inputs behind what flows in, along the last dimension. */
    record Concat(List<String> inputs) implements Layer {
        public Concat {
            inputs = List.copyOf(inputs);
        }
    }

    /** What flows in plus what {@code layers} make of it; projected when the shapes differ (He and others 2016). */
    record Residual(List<Layer> layers, Activation activation) implements Layer {
        public Residual {
            layers = List.copyOf(layers);
        }
    }

    /** Several ways side by side, such as wide and deep (Cheng and others 2016). */
    record Branches(Map<String, Branch> named, Combine combine) implements Layer {
        public Branches {
            named = Collections.unmodifiableMap(new LinkedHashMap<>(named));
        }
    }

    /** @param inputs names of the inputs it starts from; empty: what flows into the branches */
    record Branch(List<String> inputs, List<Layer> layers) {
        public Branch {
            inputs = List.copyOf(inputs);
            layers = List.copyOf(layers);
        }
    }

    enum Combine { CONCAT, ADD }

    enum Padding { SAME, VALID }

    /**
     * What moves over an image.
     *
     * @param stride in both directions
     */
    record Window(int height, int width, int stride, Padding padding) {

        /** Places along a side of {@code size}; below 1 when the window does not fit. */
        int places(int size, int extent) {
            if (size == Dims.UNKNOWN) {
                return Dims.UNKNOWN;
            }
            return switch (padding) {
                case SAME -> Math.ceilDiv(size, stride);
                case VALID -> size < extent ? 0 : (size - extent) / stride + 1;
            };
        }
    }
}
