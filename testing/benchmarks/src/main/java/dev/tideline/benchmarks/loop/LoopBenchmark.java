package dev.tideline.benchmarks.loop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code LoopBenchmark HOME WORK SEED DELAY [FILE.csv …]}: backtests every stream, and each file with label {@code class}, and prints a
 * table: accuracy and, in brackets, deploys.
 */
final class LoopBenchmark {

    private LoopBenchmark() {}

    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        Path work = Files.createDirectories(Path.of(arguments[1]));
        int seed = Integer.parseInt(arguments[2]);
        List<Path> files = new ArrayList<>();
        for (DriftingStream stream : DriftingStream.values()) {
            files.add(stream.write(work, seed));
        }
        for (int i = 4; i < arguments.length; i++) {
            files.add(Path.of(arguments[i]));
        }
        boolean headed = false;
        for (Path file : files) {
            JsonNode report = backtest(home, file, work.resolve(file.getFileName() + ".out"), seed, arguments[3]);
            if (!headed) {
                System.out.println("| stream | no change | " + names(report) + " |");
                headed = true;
            }
            System.out.println("| " + file.getFileName() + String.format(Locale.ROOT, " | %.1f | ", 100 * report.get("noChange").doubleValue())
                    + figures(report) + " |");
        }
    }

    private static JsonNode backtest(Path home, Path csv, Path out, int seed, String delay) throws IOException, InterruptedException {
        Files.createDirectories(out);
        int status = new ProcessBuilder(home.resolve("tideline").toString(), "backtest", "--csv", csv.toString(), "--label", "class",
                "--seed", Integer.toString(seed), "--delay", delay, "--threads", "1", "--out", out.toString())
                .redirectErrorStream(true).redirectOutput(out.resolve("console.txt").toFile()).start().waitFor();
        if (status != 0) {
            throw new IOException(csv + ": exit status " + status + "; see " + out.resolve("console.txt"));
        }
        return JsonMapper.builder().build().readTree(Files.readAllBytes(out.resolve("report.json")));
    }

    private static String names(JsonNode report) {
        List<String> names = new ArrayList<>();
        report.get("runs").forEach(run -> names.add(run.get("name").asString()));
        return String.join(" | ", names);
    }

    private static String figures(JsonNode report) {
        List<String> figures = new ArrayList<>();
        report.get("runs").forEach(run -> figures.add(String.format(Locale.ROOT, "%.1f (%d)", 100 * run.get("accuracy").doubleValue(),
                run.get("deploys").intValue())));
        return String.join(" | ", figures);
    }
}
