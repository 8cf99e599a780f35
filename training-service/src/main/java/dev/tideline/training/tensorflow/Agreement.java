package dev.tideline.training.tensorflow;

import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TInt64;

/**
 * Asks all workers for the step they are at, and whether training shall end. Workers that restored different checkpoints would train
 * nonsense without a word, and one that stops alone would leave the others waiting for it.
 */
final class Agreement {

    private static final int GROUP_KEY = 2;
    private static final int INSTANCE_KEY = 1_000_000_007;

    private final Output<?> mine;
    private final Output<?> highest;

    Agreement(Nodes host, int workers) {
        mine = host.placeholder("agreement", DataType.DT_INT64, Shape.of(3));
        highest = host.op("CollectiveReduceV2")
            .in(mine, host.constant(workers), host.constant(GROUP_KEY), host.constant(INSTANCE_KEY)).list()
            .attr("merge_op", "Max").attr("final_op", "Id").attr("communication_hint", "auto").out();
    }

    /**
     * Returns when all workers have come here; the process is watched from outside while it waits.
     *
     * @param wish of this worker
     * @return whether any worker wishes it
     */
    boolean check(Session session, long step, boolean wish) {
        try (var value = TInt64.tensorOf(Shape.of(3), DataBuffers.of(step, -step, wish ? 1 : 0));
                var result = session.runner().feed(mine, value).fetch(highest).run()) {
            var answer = (TInt64) result.get(0);
            long last = answer.getLong(0);
            long first = -answer.getLong(1);
            if (last != first) {
                throw new IllegalStateException("workers: at steps " + first + " to " + last + " (expected: one step for all)");
            }
            return answer.getLong(2) > 0;
        }
    }
}
