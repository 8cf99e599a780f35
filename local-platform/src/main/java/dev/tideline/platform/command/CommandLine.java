package dev.tideline.platform.command;

import dev.tideline.platform.backtest.BacktestOptions;
import dev.tideline.platform.command.Command.Backtest;
import dev.tideline.platform.command.Command.Demo;
import dev.tideline.platform.command.Command.Follow;
import dev.tideline.platform.command.Command.Help;
import dev.tideline.platform.command.Command.Replay;
import dev.tideline.platform.command.Command.Train;
import dev.tideline.platform.command.Command.Up;
import dev.tideline.platform.command.Command.WarmUp;
import dev.tideline.platform.demo.DemoOptions;
import dev.tideline.platform.demo.DemoOptions.Csv;
import dev.tideline.platform.replay.ReplayOptions;
import dev.tideline.platform.replay.WarmUpFile;
import dev.tideline.platform.replay.WarmUpOptions;
import dev.tideline.platform.stack.Ports;
import dev.tideline.platform.stack.Service;
import dev.tideline.platform.stack.StackOptions;
import dev.tideline.platform.stack.StackOptions.Jit;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns arguments into a {@link Command}. */
final class CommandLine {

    static final String DEFAULT_DATA = ".tideline";
    private static final String DEMO_DATA = "demo";

    private static final Set<String> STACK = Set.of("--data", "--port-base", "--heap", "--bucket");
    private static final Set<String> DEMO =
            Set.of("--data", "--port-base", "--heap", "--report", "--csv", "--label", "--key", "--time", "--rate");

    private static final Set<String> TRAIN = Set.of("--workers", "--priority", "--port-base");

    private static final Set<String> BACKTEST = Set.of("--csv", "--label", "--policy", "--model", "--delay", "--history", "--key", "--time",
            "--detector", "--seed", "--threads", "--out");
    private static final Set<String> DETECTORS = Set.of("HDDM_A", "HDDM_W", "ADWIN", "CUSUM", "PAGE_HINKLEY", "DDM");
    private static final Set<String> REPLAY = Set.of("--log", "--to", "--model", "--rate", "--tolerance");

    private static final Set<String> WARM_UP = Set.of("--log", "--to", "--model", "--records", "--out");

    private CommandLine() {}

    /**
     * @param home folder of the repository
     * @throws UsageException with all problems at once
     */
    static Command parse(List<String> arguments, Path home) {
        if (arguments.isEmpty()) {
            return new Help();
        }
        var rest = arguments.subList(1, arguments.size());
        return switch (arguments.getFirst()) {
            case "up" -> up(new Flags(rest, STACK, Set.of()), home);
            case "demo" -> demo(new Flags(rest, DEMO, Set.of("--once", "--short")), home);
            case "train" -> train(rest);
            case "job" -> follow(rest);
            case "backtest" -> backtest(new Flags(rest, BACKTEST, Set.of("--alone")), home);
            case "replay-log" -> replay(new Flags(rest, REPLAY, Set.of()));
            case "warm-up-file" -> warmUp(new Flags(rest, WARM_UP, Set.of()));
            case "help", "--help", "-h" -> new Help();
            default -> throw new UsageException(List.of(
                    "command: " + arguments.getFirst() + " (expected: up, demo, train, job, backtest, replay-log, warm-up-file or help)"));
        };
    }

    private static Command up(Flags flags, Path home) {
        var data = flags.value("--data", "a folder", Path::of, Path.of(DEFAULT_DATA));
        flags.check();
        return new Up(stack(flags, home, data, Jit.FULL));
    }

    private static Command demo(Flags flags, Path home) {
        var csv = csv(flags);
        var rate = flags.value("--rate", "rows per second above 0", CommandLine::rate, null);
        var report = flags.value("--report", "a file", Path::of, null);
        var fresh = !flags.has("--data");
        var data = flags.value("--data", "a folder", Path::of, Path.of(DEFAULT_DATA, DEMO_DATA));
        flags.check();
        return new Demo(stack(flags, home, data, Jit.QUICK), new DemoOptions(flags.has("--once"), flags.has("--short"), report, csv, rate), fresh);
    }

    private static Command train(List<String> rest) {
        var flags = new Flags(rest.subList(Math.min(1, rest.size()), rest.size()), TRAIN, Set.of("--elastic"));
        var model = subject(rest, "a model, as in tideline train trips", flags);
        int workers = flags.value("--workers", "a number", Integer::parseInt, 1);
        int priority = flags.value("--priority", "a number", Integer::parseInt, 0);
        var training = training(flags);
        flags.check();
        return new Train(training, model, "{\"workers\":" + workers + ",\"elastic\":" + flags.has("--elastic") + ",\"priority\":" + priority + "}");
    }

    private static Command follow(List<String> rest) {
        var flags = new Flags(rest.subList(Math.min(1, rest.size()), rest.size()), Set.of("--port-base"), Set.of());
        var job = subject(rest, "the id of a job", flags);
        var training = training(flags);
        flags.check();
        return new Follow(training, job);
    }

    private static Command backtest(Flags flags, Path home) {
        if (!flags.has("--csv")) {
            flags.problem("--csv: missing (expected: a labelled history)");
        }
        var csv = csv(flags);
        var policy = file(flags, "--policy");
        var model = file(flags, "--model");
        int delay = flags.value("--delay", "a number of rows from 0", text -> whole(text, 0), 0);
        var history = flags.value("--history", "a number of rows from 100", text -> whole(text, 100), null);
        var detector = flags.value("--detector", "one of " + String.join(", ", new java.util.TreeSet<>(DETECTORS)), CommandLine::detector, null);
        long seed = flags.value("--seed", "a whole number", Long::parseLong, 1L);
        int threads = flags.value("--threads", "a number from 0", text -> whole(text, 0), 0);
        var out = flags.value("--out", "a folder", Path::of, null);
        flags.check();
        return new Backtest(new BacktestOptions(home, java.util.Objects.requireNonNull(csv), policy, model, delay, history, detector, seed,
                threads, out, !flags.has("--alone")));
    }

    private static @Nullable Path file(Flags flags, String name) {
        var file = flags.value(name, "a file", Path::of, null);
        if (file != null && !Files.isReadable(file)) {
            flags.problem(name + ": " + file + " (expected: a file that can be read)");
        }
        return file;
    }

    private static int whole(String text, int least) {
        int number = Integer.parseInt(text);
        if (number < least) {
            throw new IllegalArgumentException(text);
        }
        return number;
    }

    private static String detector(String text) {
        if (!DETECTORS.contains(text)) {
            throw new IllegalArgumentException(text);
        }
        return text;
    }

    private static Command replay(Flags flags) {
        var log = log(flags);
        var service = service(flags);
        var rate = flags.value("--rate", "requests per second above 0", CommandLine::rate, 100.0);
        var tolerance = flags.value("--tolerance", "a number", Double::parseDouble, 1e-4);
        flags.check();
        return new Replay(new ReplayOptions(log, service, flags.value("--model"), rate, tolerance));
    }

    private static Command warmUp(Flags flags) {
        var log = log(flags);
        var service = service(flags);
        var model = flags.value("--model");
        if (model == null) {
            flags.problem("--model: missing (expected: the model whose predictions to take)");
        }
        var records = flags.value("--records", "a number from 1 to " + WarmUpFile.MOST, CommandLine::records, 100);
        var out = flags.value("--out", "a file", Path::of, Path.of("tf_serving_warmup_requests"));
        flags.check();
        return new WarmUp(new WarmUpOptions(log, service, model, records, out));
    }

    private static int records(String text) {
        int records = Integer.parseInt(text);
        if (records < 1 || records > WarmUpFile.MOST) {
            throw new IllegalArgumentException(text);
        }
        return records;
    }

    private static @Nullable Path log(Flags flags) {
        var log = flags.value("--log", "a file or a folder", Path::of, null);
        if (log == null) {
            flags.problem("--log: missing (expected: a TFRecord file of logged predictions, or a folder of them)");
        } else if (!Files.isReadable(log)) {
            flags.problem("--log: " + log + " (expected: a file or folder that can be read)");
        }
        return log;
    }

    private static URI service(Flags flags) {
        return flags.value("--to", "a URL such as http://127.0.0.1:8501", CommandLine::service, URI.create("http://127.0.0.1:8501"));
    }

    private static URI service(String text) {
        var uri = URI.create(text);
        if (uri.getHost() == null || !Set.of("http", "https").contains(uri.getScheme())) {
            throw new IllegalArgumentException(text);
        }
        return uri;
    }

    /** The word after the command. */
    private static String subject(List<String> rest, String expected, Flags flags) {
        if (rest.isEmpty() || !rest.getFirst().matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")) {
            flags.problem((rest.isEmpty() ? "argument: missing" : "argument: " + rest.getFirst()) + " (expected: " + expected + ")");
            return "";
        }
        return rest.getFirst();
    }

    private static URI training(Flags flags) {
        var base = flags.value("--port-base", "a number", Integer::parseInt, Ports.DEFAULT_BASE);
        return URI.create("http://127.0.0.1:" + new Ports(base).of(Service.TRAINING));
    }

    private static StackOptions stack(Flags flags, Path home, Path data, Jit jit) {
        var base = flags.value("--port-base", "a number", Integer::parseInt, Ports.DEFAULT_BASE);
        var heap = flags.value("--heap", "a size", value -> value, StackOptions.DEFAULT_HEAP);
        var bucket = flags.value("--bucket", "s3://bucket or s3://bucket/prefix", CommandLine::bucket, null);
        flags.check();
        return new StackOptions(home, data, new Ports(base), heap, jit, bucket);
    }

    private static String bucket(String value) {
        if (!value.matches("s3://[^/]+.*")) {
            throw new IllegalArgumentException(value);
        }
        return value;
    }

    private static @Nullable Csv csv(Flags flags) {
        var file = flags.value("--csv", "a file", Path::of, null);
        var label = flags.value("--label");
        if (file == null) {
            Set.of("--label", "--key", "--time").stream().filter(flags::has).sorted()
                    .forEach(name -> flags.problem(name + ": given without --csv (expected: --csv FILE)"));
            return null;
        }
        if (!Files.isReadable(file)) {
            flags.problem("--csv: " + file + " (expected: a file that can be read)");
        }
        if (label == null) {
            flags.problem("--label: missing (expected: the column to predict, with --csv)");
            return null;
        }
        return new Csv(file, label, flags.value("--key"), flags.value("--time"));
    }

    private static double rate(String text) {
        var rate = Double.parseDouble(text);
        if (!(rate > 0)) {
            throw new IllegalArgumentException(text);
        }
        return rate;
    }
}
