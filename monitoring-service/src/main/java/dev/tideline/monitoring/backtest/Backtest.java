package dev.tideline.monitoring.backtest;

import dev.tideline.contracts.Problem;
import dev.tideline.monitoring.detector.Detector;
import dev.tideline.monitoring.retraining.RehearsedLoop;
import dev.tideline.monitoring.retraining.RetrainingPolicy;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Main class of the process behind {@code ./tideline backtest}: {@code Backtest <order.json>}. Talks to the launcher in lines of
 * JSON, see {@link Teller}. Exit status: 0 done, 1 failed and said why.
 */
public final class Backtest {

    private static final int FAILED = 1;

    private final BacktestOrder order;
    private final Teller teller;

    private Backtest(BacktestOrder order, Teller teller) {
        this.order = order;
        this.teller = teller;
    }

    public static void main(String[] arguments) throws IOException {
        Teller teller = new Teller(System.out);
        // Standard output carries messages only.
        System.setOut(System.err);
        BacktestOrder order = JsonMapper.builder().build().readValue(Files.readAllBytes(Path.of(arguments[0])), BacktestOrder.class);
        try {
            new Backtest(order, teller).run();
        } catch (BacktestException problem) {
            teller.failed(String.valueOf(problem.getMessage()));
            System.exit(FAILED);
        } catch (IOException | UncheckedIOException failure) {
            teller.failed("files: " + failure.getMessage() + " (expected: " + order.csv() + " to be readable, " + order.folder() + " writable)");
            System.exit(FAILED);
        }
    }

    private void run() throws IOException {
        RetrainingPolicy policy = policy();
        HistoryReader reader = new HistoryReader(order);
        teller.progress("reading", 0, order.csv());
        History history = reader.read();
        reader.notes().forEach(teller::line);
        int past = reader.historyRows(history.size());
        JsonNode definition = order.definition();
        if (definition == null) {
            definition = DefaultDefinition.of(history, past, order.seed());
            DefaultDefinition.leftOut(history, definition).forEach(teller::line);
        }
        try (TrainingProcess process = new TrainingProcess(order.trainer(), Path.of(order.folder(), "training.log"))) {
            Laboratory laboratory = new Laboratory(history, definition, order.threads(), process);
            List<Run> runs = runs(policy, history, past, laboratory, first(laboratory, past));
            Report report = new Report(order, history, past, runs);
            report.write(Path.of(order.folder()));
            report.table().forEach(teller::line);
        } finally {
            empty(history.root());
        }
    }

    /** Models and datasets of a backtest are worth nothing after it. */
    private static void empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Version first(Laboratory laboratory, int past) {
        teller.progress("reading", 1, past + " rows are the past");
        return switch (laboratory.train(0, past, null)) {
            case Laboratory.Outcome.Trained(Version version) -> version;
            case Laboratory.Outcome.Failed(String reason) -> throw new BacktestException("the first version, on " + past + " rows (expected: rows to learn from; --history sets how many): " + reason);
        };
    }

    private List<Run> runs(RetrainingPolicy policy, History history, int past, Laboratory laboratory, Version first) {
        Detector detector = order.detector() != null ? order.detector() : Detector.HDDM_A;
        List<Run> runs = new ArrayList<>();
        if (order.rivals()) {
            runs.add(ScheduleReplay.run("never", ScheduleReplay.NEVER, history, past, order.delay(), first, laboratory, bar("never", history, past)));
            for (int every : new int[] {5_000, 1_000}) {
                String name = String.format(Locale.ROOT, "every %,d rows", every);
                runs.add(ScheduleReplay.run(name, every, history, past, order.delay(), first, laboratory, bar(name, history, past)));
            }
        }
        runs.add(new PolicyReplay("policy", history, past, order.delay(), policy, detector, first, laboratory).run(bar("policy", history, past)));
        return runs;
    }

    private IntConsumer bar(String name, History history, int past) {
        int all = history.size() - past;
        return row -> {
            int done = row + 1 - past;
            if (done % 500 == 0 || done == all) {
                teller.progress(name, (double) done / all, String.format(Locale.ROOT, "row %,d of %,d", row + 1, history.size()));
            }
        };
    }

    private RetrainingPolicy policy() {
        if (order.policy() == null) {
            return RetrainingPolicy.defaults();
        }
        try {
            return RehearsedLoop.policy(order.policy()).unasked();
        } catch (TidelineException wrong) {
            throw new BacktestException("--policy: " + wrong.getMessage() + "\n"
                    + wrong.problems().stream().map(Problem::toString).collect(Collectors.joining("\n")), wrong);
        }
    }
}
