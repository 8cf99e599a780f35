package dev.tideline.training.tensorflow;

import dev.tideline.training.model.Layer;
import org.tensorflow.Output;

/** What moves over images {@code [rows, height, width, channels]}. */
final class ImageNodes {

    private final Nodes nodes;
    private final Casts casts;

    ImageNodes(Nodes nodes, Casts casts) {
        this.nodes = nodes;
        this.casts = casts;
    }

    /** {@code kernel} is {@code [height, width, in, out]}. */
    Output<?> convolve(Output<?> x, Output<?> kernel, Layer.Window window) {
        return casts.full(nodes, slide("Conv2D", window).in(casts.reduced(nodes, x), casts.reduced(nodes, kernel)).out());
    }

    /** {@code kernel} is {@code [height, width, in, multiplier]}. */
    Output<?> convolveEach(Output<?> x, Output<?> kernel, Layer.Window window) {
        return slide("DepthwiseConv2dNative", window).in(x, kernel).out();
    }

    Output<?> largest(Output<?> x, Layer.Window window) {
        return pool("MaxPool", x, window);
    }

    Output<?> mean(Output<?> x, Layer.Window window) {
        return pool("AvgPool", x, window);
    }

    private Output<?> pool(String type, Output<?> x, Layer.Window window) {
        return slide(type, window).in(x).attr("ksize", new long[] {1, window.height(), window.width(), 1}).out();
    }

    private NodeBuilder slide(String type, Layer.Window window) {
        return nodes.op(type).attr("strides", new long[] {1, window.stride(), window.stride(), 1}).attr("padding", window.padding().name());
    }
}
