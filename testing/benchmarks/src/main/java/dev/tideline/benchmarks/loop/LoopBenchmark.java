package dev.tideline.benchmarks.loop;

import dev.tideline.benchmarks.command.Arguments;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Backtests streams, and files with label {@code class}, through {@code ./tideline backtest}, and prints a table: accuracy in percent and, in
 * brackets, versions deployed of versions trained. A stream and a seed at a time, so that a run that is stopped has shown what it had.
 */
final class LoopBenchmark {

    private static final String USAGE = """
            --home=FOLDER        repository
            --work=FOLDER        for streams and reports
            --streams=NAMES      between commas; all without, none for files only
            --seeds=1,2,3        of streams and trainings
            --delay=0            rows after which a label comes
            --files=PATHS        CSV files with a label named class, between commas
            --policy=FILE        retraining policy; the service's defaults without
            --rivals=true        also never and every 1,000 and 5,000 rows
            """;

    private final Path home;
    private final Path work;
    private final Arguments arguments;
    private boolean headed;

    private LoopBenchmark(Arguments arguments) throws IOException {
        this.arguments = arguments;
        this.home = Path.of(arguments.text("home", ".")).toAbsolutePath().normalize();
        this.work = Files.createDirectories(Path.of(arguments.text("work", "testing/benchmarks/target/loop")).toAbsolutePath());
    }

    public static void main(String[] args) throws Exception {
        new LoopBenchmark(Arguments.parse(args, USAGE)).run();
    }

    private void run() throws IOException, InterruptedException {
        List<DriftingStream> streams = arguments.text("streams", "").equals("none") ? List.of()
                : arguments.text("streams", "").isEmpty() ? List.of(DriftingStream.values())
                : arguments.constants(DriftingStream.class, "streams", "");
        List<Path> files = arguments.text("files", "").isEmpty() ? List.of() : arguments.list("files", "").stream().map(Path::of).toList();
        for (String seed : arguments.list("seeds", "1")) {
            for (DriftingStream stream : streams) {
                show(stream.write(work, Integer.parseInt(seed)), seed);
            }
            for (Path file : files) {
                show(file.toAbsolutePath(), seed);
            }
        }
    }

    private void show(Path file, String seed) throws IOException, InterruptedException {
        JsonNode report = backtest(file, seed);
        if (!headed) {
            System.out.println("| stream | seed | no change | " + names(report) + " |");
            headed = true;
        }
        System.out.println("| " + file.getFileName() + " | " + seed + String.format(Locale.ROOT, " | %.1f | ", 100 * report.get("noChange").doubleValue())
                + figures(report) + " |");
    }

    private JsonNode backtest(Path csv, String seed) throws IOException, InterruptedException {
        Path out = Files.createDirectories(work.resolve(csv.getFileName() + "-" + seed + ".out"));
        List<String> command = new ArrayList<>(List.of(home.resolve("tideline").toString(), "backtest", "--csv", csv.toString(), "--label", "class",
                "--seed", seed, "--delay", arguments.text("delay", "0"), "--threads", "1", "--out", out.toString()));
        if (!arguments.text("policy", "").isEmpty()) {
            command.addAll(List.of("--policy", arguments.text("policy", "")));
        }
        if (!Boolean.parseBoolean(arguments.text("rivals", "true"))) {
            command.add("--alone");
        }
        int status = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.resolve("console.txt").toFile()).start().waitFor();
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
        report.get("runs").forEach(run -> figures.add(String.format(Locale.ROOT, "%.1f (%d of %d)", 100 * run.get("accuracy").doubleValue(),
                run.get("deploys").intValue(), run.get("trainings").intValue())));
        return String.join(" | ", figures);
    }
}
