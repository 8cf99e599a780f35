package dev.tideline.benchmarks.training;

import dev.tideline.benchmarks.command.Arguments;
import dev.tideline.training.tensorflow.Workload;
import java.util.List;

/**
 * @param parts       what to measure
 * @param workloads   on which networks
 * @param seconds     of one turn of one side
 * @param repetitions turns of each side, a warm-up not counted
 * @param threads     for the work inside TensorFlow's operations; 0 takes all cores
 */
record Options(List<Part> parts, List<Workload> workloads, double seconds, int repetitions, int threads) {

    enum Part { INPUT, MEMORY, REPLICAS, REDUCE, WORKERS, OVERHEAD }

    private static final String USAGE =
        "--parts=input,memory,replicas,reduce,workers,overhead  --workloads=table,mlp,cnn  --seconds=2  --repetitions=3  --threads=0";

    /** @throws IllegalArgumentException that names every argument that is wrong */
    static Options parse(String[] args) {
        var given = Arguments.parse(args, USAGE);
        return new Options(
            given.constants(Part.class, "parts", "input,memory,replicas,reduce,workers,overhead"),
            given.list("workloads", "table,mlp,cnn").stream().map(Options::workload).toList(),
            Double.parseDouble(given.text("seconds", "2")), given.number("repetitions", 3), given.number("threads", 0));
    }

    private static Workload workload(String name) {
        return switch (name) {
            case "table" -> Workload.table();
            case "mlp" -> Workload.mlp();
            case "cnn" -> Workload.cnn();
            default -> throw new IllegalArgumentException("workload: " + name + " (expected: table, mlp or cnn)");
        };
    }
}
