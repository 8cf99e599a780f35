package dev.tideline.benchmarks.training;

import dev.tideline.local.FreePorts;
import dev.tideline.training.tensorflow.WorkerTrial;
import dev.tideline.training.tensorflow.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** One model on two worker processes with one thread each, against one process with one thread and the same global batch. */
final class Workers {

    private Workers() {}

    static void measure(Workload workload, Path folder, Options options) throws IOException, InterruptedException {
        var alone = new ArrayList<Duel.Turn>();
        var together = new ArrayList<Duel.Turn>();
        for (int i = 0; i < options.repetitions(); i++) {
            alone.add(new Duel.Turn(rate(workload, folder, options, 1), 0));
            together.add(new Duel.Turn(rate(workload, folder, options, 2), 0));
        }
        Duel.print(workload.name() + ": two processes / one", together, alone, 1);
    }

    private static double rate(Workload workload, Path folder, Options options, int workers) throws IOException, InterruptedException {
        var addresses = FreePorts.find(workers).stream().map(port -> "127.0.0.1:" + port).toList();
        var processes = new ArrayList<Process>();
        try {
            for (int rank = 0; rank < workers; rank++) {
                var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC", "-Xmx512m", "-cp", System.getProperty("java.class.path"),
                    WorkerTrial.class.getName(), workload.name(), folder.toString(), Double.toString(options.seconds()), Integer.toString(rank)));
                if (workers > 1) {
                    command.addAll(addresses);
                }
                processes.add(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD)
                    .redirectOutput(folder.resolve("worker-" + rank).toFile()).start());
            }
            if (processes.getFirst().waitFor() != 0) {
                throw new IllegalStateException("worker 0: exit status " + processes.getFirst().exitValue() + " (expected: 0)");
            }
            return Double.parseDouble(Files.readString(folder.resolve("worker-0")).strip());
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }
}
