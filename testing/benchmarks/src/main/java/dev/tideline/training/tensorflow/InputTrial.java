package dev.tideline.training.tensorflow;

import dev.tideline.training.input.FileSlice;
import dev.tideline.training.model.InputPlan;
import java.util.List;
import java.util.stream.LongStream;
import org.tensorflow.Graph;
import org.tensorflow.Operation;
import org.tensorflow.Session;
import org.tensorflow.exceptions.TFOutOfRangeException;

/** Batches read, parsed and thrown away, by the pipeline that feeds training. The rate is in records. */
public final class InputTrial implements Trial {

    private static final int PASSES = 1_000;

    private final Graph graph = new Graph();
    private final Session session;
    private final RecordPipeline pipeline;
    private final Operation next;
    private final int rows;
    private final long records;

    /** @param shuffleBuffer 0 keeps the order */
    public InputTrial(Workload workload, List<FileSlice> data, InputPlan input, int shuffleBuffer) {
        rows = workload.batchSize();
        records = workload.records();
        pipeline = new RecordPipeline(Nodes.of(graph), data, workload.plan().columns(),
            new RecordPipeline.Options(rows, shuffleBuffer, input, null));
        next = pipeline.features().values().iterator().next().op();
        session = new Session(graph);
        start();
    }

    private void start() {
        pipeline.start(session, LongStream.range(0, PASSES).toArray(), 0);
    }

    @Override
    public int once() {
        try {
            session.runner().addTarget(next).run().close();
        } catch (TFOutOfRangeException over) {
            start();
        }
        return rows;
    }

    @Override
    public long pass() {
        return records;
    }

    @Override
    public void close() {
        session.close();
        graph.close();
    }
}
