package dev.tideline.benchmarks.training;

import com.sun.management.OperatingSystemMXBean;
import dev.tideline.training.tensorflow.Trial;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Two sides that take turns, after a warm-up of at least a pass over the data; prints medians and their ratio. */
record Duel(int repetitions, double seconds) {

    interface Side {
        Trial open() throws IOException;
    }

    static String heading() {
        return "%-44s %12s %12s %8s %8s %12s %12s".formatted("", "per second", "rival's", "ratio", "asked", "CPU us each", "rival's");
    }

    void run(String name, double asked, Side own, Side rival) throws IOException {
        var mine = new ArrayList<Turn>();
        var theirs = new ArrayList<Turn>();
        try (var one = own.open(); var other = rival.open()) {
            turn(one, true);
            turn(other, true);
            for (int i = 0; i < repetitions; i++) {
                mine.add(turn(one, false));
                theirs.add(turn(other, false));
            }
        }
        print(name, mine, theirs, asked);
    }

    /** @param cpuMicros processor time of this process per unit; 0 when the work is done by others */
    record Turn(double rate, double cpuMicros) {}

    private Turn turn(Trial trial, boolean warmUp) {
        long before = cpuNanos();
        long begun = System.nanoTime();
        double rate = trial.rate(seconds);
        double units = rate * (System.nanoTime() - begun) / 1e9;
        var turn = new Turn(rate, (cpuNanos() - before) / 1e3 / units);
        if (warmUp && units < trial.pass()) {
            return turn(trial, true);
        }
        return turn;
    }

    private static long cpuNanos() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    static void print(String name, List<Turn> mine, List<Turn> theirs, double asked) {
        double own = median(mine, Turn::rate);
        double other = median(theirs, Turn::rate);
        System.out.println(String.format(Locale.ROOT, "%-44s %12.1f %12.1f %8.2f %8.2f %12.1f %12.1f", name, own, other, own / other, asked,
            median(mine, Turn::cpuMicros), median(theirs, Turn::cpuMicros)));
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        var sorted = turns.stream().mapToDouble(figure).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
