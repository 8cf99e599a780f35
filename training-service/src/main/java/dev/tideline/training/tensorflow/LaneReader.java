package dev.tideline.training.tensorflow;

import dev.tideline.training.input.Column;
import dev.tideline.training.input.FileSlice;
import dev.tideline.training.input.Lanes;
import dev.tideline.training.model.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Output;
import org.tensorflow.Session;
import org.tensorflow.Tensor;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.DataType;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TFloat64;
import org.tensorflow.types.TInt64;
import org.tensorflow.types.TString;

/** The lanes that one process reads, one pipeline each; their rows are put together to this process's part of a batch. */
final class LaneReader {

    private final Lanes lanes;
    private final List<Integer> own;
    private final List<RecordPipeline> pipelines = new ArrayList<>();
    private final Map<String, Output<?>> features = new LinkedHashMap<>();
    private final Output<?> waited;

    /** @param cache folder for records that are cached in files; null when the plan has none */
    LaneReader(Nodes host, List<FileSlice> data, Iterable<Column> columns, Lanes lanes, List<Integer> own, TrainingPlan training,
            @Nullable Path cache) {
        this.lanes = lanes;
        this.own = own;
        var distinct = new ArrayList<Column>();
        columns.forEach(distinct::add);
        var input = training.input().settle(training.epochs(), FileSlice.bytes(data));
        for (int lane : own) {
            int buffer = (int) Math.min(training.shuffleBuffer() / lanes.count(), lanes.records(lane));
            pipelines.add(new RecordPipeline(host, lanes.slices(data, lane), distinct,
                new RecordPipeline.Options(lanes.rows(), buffer, input, cache == null ? null : cache.resolve("lane-" + lane))));
        }
        for (var name : pipelines.getFirst().features().keySet()) {
            var parts = new ArrayList<Output<?>>();
            pipelines.forEach(pipeline -> parts.add(pipeline.features().get(name)));
            features.put(name, host.concat(parts, 0));
        }
        // A node of its own: that of a lane without rows is fed, and what is fed cannot be fetched.
        var slowest = host.call("Identity", pipelines.getFirst().waited());
        for (var pipeline : pipelines.subList(1, pipelines.size())) {
            slowest = host.call("Maximum", slowest, pipeline.waited());
        }
        waited = slowest;
    }

    /** Rows of all own lanes by column name. */
    Map<String, Output<?>> features() {
        return features;
    }

    /** Seconds that the step waited for the slowest lane, float64. */
    Output<?> waited() {
        return waited;
    }

    /** Rows of this process in a full batch. */
    int rows() {
        return own.size() * lanes.rows();
    }

    /** Rows of this process in batch {@code batch} of a pass. */
    int rows(long batch) {
        return own.stream().mapToInt(lane -> lanes.rows(lane, batch)).sum();
    }

    /** Begins passes that follow each other, the first one after {@code skipBatches} batches. */
    void start(Session session, long[] passSeeds, long skipBatches) {
        for (int i = 0; i < own.size(); i++) {
            // Lane 0 keeps the seeds, so that a job with one lane reads as it always did.
            long shift = 0xD1B54A32D192ED03L * own.get(i);
            pipelines.get(i).start(session, LongStream.of(passSeeds).map(seed -> seed + shift).toArray(), skipBatches);
        }
    }

    /**
     * Feeds what lanes without rows in {@code batch} lack: nothing, or one blank row when the whole process has none, because some
     * operations fail on tensors without rows. The caller closes what comes back after the run.
     */
    List<Tensor> feedEmpty(Session.Runner runner, long batch) {
        var fed = new ArrayList<Tensor>();
        boolean blank = rows(batch) == 0;
        for (int i = 0; i < own.size(); i++) {
            if (lanes.rows(own.get(i), batch) == 0) {
                // Otherwise the clock would ask the lane's iterator, which is at its end.
                var nothing = TFloat64.scalarOf(0);
                fed.add(nothing);
                runner.feed(pipelines.get(i).waited(), nothing);
                for (var output : pipelines.get(i).features().values()) {
                    var rows = blank(output, blank && i == 0 ? 1 : 0);
                    fed.add(rows);
                    runner.feed(output, rows);
                }
            }
        }
        return fed;
    }

    private static Tensor blank(Output<?> output, int rows) {
        int width = Math.toIntExact(output.shape().size(1));
        var shape = Shape.of(rows, width);
        var type = output.dataType();
        if (type == DataType.DT_FLOAT) {
            return TFloat32.tensorOf(shape, DataBuffers.of(new float[rows * width]));
        }
        return type == DataType.DT_INT64 ? TInt64.tensorOf(shape, DataBuffers.of(new long[rows * width]))
            : TString.tensorOf(shape, DataBuffers.ofObjects(Collections.nCopies(rows * width, "").toArray(String[]::new)));
    }
}
