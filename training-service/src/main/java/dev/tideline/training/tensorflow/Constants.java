package dev.tideline.training.tensorflow;

import java.util.function.Function;
import org.tensorflow.Graph;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.types.TInt64;

/** Figures that TensorFlow computes while a graph is being built, so that they are constants in it. */
final class Constants {

    private Constants() {}

    /** @param node makes an int64 node in a graph of its own */
    static long[] longs(Function<Nodes, Output<?>> node) {
        try (var graph = new Graph()) {
            var built = node.apply(Nodes.of(graph));
            try (var session = new Session(graph); var result = session.runner().fetch(built).run()) {
                var values = new long[(int) result.get(0).shape().size()];
                ((TInt64) result.get(0)).asRawTensor().data().asLongs().read(values);
                return values;
            }
        }
    }
}
