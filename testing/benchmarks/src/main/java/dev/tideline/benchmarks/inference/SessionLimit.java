package dev.tideline.benchmarks.inference;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.HdrHistogram.Histogram;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.Session;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.RunOptions;
import org.tensorflow.types.TFloat32;

/**
 * What the machine can do without a server: a loop over {@code Session.run}, in a process of its own. Each run makes its input tensor and
 * reads its output, as any caller must. Arguments: model folder, features, rows, threads, seconds. Prints one line.
 */
final class SessionLimit {

    /** The caller's thread runs the graph, as in the service. */
    private static final RunOptions CALLER = RunOptions.newBuilder().setInterOpThreadPool(-1).build();

    private SessionLimit() {}

    public static void main(String[] args) throws Exception {
        int features = Integer.parseInt(args[1]);
        int rows = Integer.parseInt(args[2]);
        int threads = Integer.parseInt(args[3]);
        Duration time = Duration.ofSeconds(Long.parseLong(args[4]));
        try (SavedModelBundle bundle = SavedModelBundle.load(Path.of(args[0]).toString(), "serve")) {
            measure(bundle.session(), features, rows, threads, time.dividedBy(2));
            Load.Outcome outcome = measure(bundle.session(), features, rows, threads, time);
            System.out.printf(Locale.ROOT, "limit %.1f %.1f%n", outcome.perSecond(), outcome.micros(50));
        }
        // Threads of TensorFlow may outlive the work.
        System.exit(0);
    }

    private static Load.Outcome measure(Session session, int features, int rows, int threads, Duration time) throws Exception {
        long start = System.nanoTime();
        Histogram all = new Histogram(60_000_000_000L, 3);
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<Histogram>> loops = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                loops.add(() -> loop(session, new float[rows * features], Shape.of(rows, features), start + time.toNanos()));
            }
            for (Future<Histogram> loop : pool.invokeAll(loops)) {
                all.add(loop.get());
            }
        }
        return new Load.Outcome(all.getTotalCount(), 0, (System.nanoTime() - start) / 1e9, all);
    }

    private static Histogram loop(Session session, float[] values, Shape shape, long end) {
        Histogram times = new Histogram(60_000_000_000L, 3);
        float[] answer = new float[(int) shape.get(0)];
        for (long from = System.nanoTime(); from < end; from = System.nanoTime()) {
            try (TFloat32 x = TFloat32.tensorOf(shape, data -> data.copyFrom(DataBuffers.of(values)));
                    Result result = session.runner().setOptions(CALLER).feed("x", x).fetch("y").run()) {
                ((TFloat32) result.get(0)).copyTo(DataBuffers.of(answer));
            }
            times.recordValue(System.nanoTime() - from);
        }
        return times;
    }
}
