package dev.tideline.training.tensorflow;

import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TInt64;

/** Asks all workers for the step they are at. Workers that restored different checkpoints would train nonsense without a word. */
final class Agreement {

    private static final int GROUP_KEY = 2;
    private static final int INSTANCE_KEY = 1_000_000_007;

    private final Output<?> mine;
    private final Output<?> extremes;

    Agreement(Nodes host, int workers) {
        mine = host.placeholder("agreement", DataType.DT_INT64, Shape.of(2));
        extremes = host.op("CollectiveReduceV2")
            .in(mine, host.constant(workers), host.constant(GROUP_KEY), host.constant(INSTANCE_KEY)).list()
            .attr("merge_op", "Max").attr("final_op", "Id").attr("communication_hint", "auto").out();
    }

    /** Returns when all workers have come here; the process is watched from outside while it waits. */
    void check(Session session, long step) {
        try (var value = TInt64.tensorOf(Shape.of(2), DataBuffers.of(step, -step));
                var result = session.runner().feed(mine, value).fetch(extremes).run()) {
            var answer = (TInt64) result.get(0);
            long highest = answer.getLong(0);
            long lowest = -answer.getLong(1);
            if (highest != lowest) {
                throw new IllegalStateException("workers: at steps " + lowest + " to " + highest + " (expected: one step for all)");
            }
        }
    }
}
