package dev.tideline.benchmarks.detectors;

import dev.tideline.monitoring.detector.Detector;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Prints delay, detected share, false alarms and accuracy of each detector on each stream: {@code DetectorTable [seeds] [width]
 * [DETECTOR …]}. A drift is detected by the first alarm within 1,000 rows of it (2,500 of a change that takes its time); further alarms
 * within are repeats, all others false.
 */
final class DetectorTable {

    private static final int ROWS = 100_000;

    private DetectorTable() {}

    public static void main(String[] arguments) throws Exception {
        int seeds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 30;
        int width = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1;
        List<Detector> detectors = arguments.length > 2 ? Arrays.stream(arguments).skip(2).map(Detector::valueOf).toList() : List.of(Detector.values());
        for (Detector detector : detectors) {
            StringBuilder row = new StringBuilder("| ").append(detector);
            int equal = 0;
            int alarms = 0;
            for (MoaStream stream : MoaStream.values()) {
                Tally tally = new Tally();
                for (int seed = 1; seed <= seeds; seed++) {
                    Race race = Race.run(stream, detector, seed, ROWS, width);
                    tally.add(race, width);
                    equal += race.ours().equals(race.moas()) ? 1 : 0;
                    alarms += race.ours().size();
                }
                row.append(" | ").append(tally.text(seeds));
            }
            System.out.println(row.append(String.format(Locale.ROOT, " | %d of %d runs, %,d alarms |", equal, seeds * MoaStream.values().length, alarms)));
        }
    }

    private static final class Tally {

        private long delay;
        private int detected;
        private int falseOnes;
        private int repeats;
        private double right;

        void add(Race race, int width) {
            int before = width > 1 ? width / 2 : 0;
            int after = width > 1 ? width / 2 + 2_000 : 1_000;
            boolean[] seen = new boolean[4];
            for (int alarm : race.ours()) {
                int drift = Math.min(4, Math.max(1, (alarm + before) / (ROWS / 5)));
                int start = drift * (ROWS / 5) - before;
                if (alarm < start || alarm > drift * (ROWS / 5) + after) {
                    falseOnes++;
                } else if (seen[drift - 1]) {
                    repeats++;
                } else {
                    seen[drift - 1] = true;
                    detected++;
                    delay += alarm - start;
                }
            }
            right += race.right();
        }

        String text(int seeds) {
            return String.format(Locale.ROOT, "%d / %.0f / %.1f / %.1f / %.1f", detected == 0 ? 0 : Math.round((double) delay / detected),
                    100.0 * detected / (4 * seeds), (double) falseOnes / seeds, (double) repeats / seeds, 100 * right / seeds);
        }
    }
}
