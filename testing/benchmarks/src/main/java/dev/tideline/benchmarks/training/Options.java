package dev.tideline.benchmarks.training;

import dev.tideline.training.tensorflow.Workload;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * @param parts       what to measure
 * @param workloads   on which networks
 * @param seconds     of one turn of one side
 * @param repetitions turns of each side, a warm-up not counted
 * @param threads     for the work inside TensorFlow's operations; 0 takes all cores
 */
record Options(List<Part> parts, List<Workload> workloads, double seconds, int repetitions, int threads) {

    enum Part { INPUT, MEMORY, REPLICAS, REDUCE, WORKERS }

    private static final String USAGE =
        "--parts=input,memory,replicas,reduce,workers  --workloads=table,mlp,cnn  --seconds=2  --repetitions=3  --threads=0";

    /** @throws IllegalArgumentException that names every argument that is wrong */
    static Options parse(String[] args) {
        Map<String, String> given = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0 || !USAGE.contains(arg.substring(0, equals + 1))) {
                wrong.add(arg);
            } else {
                given.put(arg.substring(2, equals), arg.substring(equals + 1));
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("arguments: " + wrong + " (expected:\n" + USAGE + ")");
        }
        return new Options(
            Arrays.stream(given.getOrDefault("parts", "input,memory,replicas,reduce,workers").split(","))
                .map(name -> Part.valueOf(name.toUpperCase(Locale.ROOT))).toList(),
            Arrays.stream(given.getOrDefault("workloads", "table,mlp,cnn").split(",")).map(Options::workload).toList(),
            Double.parseDouble(given.getOrDefault("seconds", "2")), Integer.parseInt(given.getOrDefault("repetitions", "3")),
            Integer.parseInt(given.getOrDefault("threads", "0")));
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
