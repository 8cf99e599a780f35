package dev.tideline.platform.backtest;

import dev.tideline.platform.console.Console;
import dev.tideline.platform.stack.BuiltService;
import dev.tideline.platform.stack.LaunchException;
import dev.tideline.platform.stack.Service;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One backtest from order to report. */
public final class BacktestRun {

    private static final String REPLAY = "dev.tideline.monitoring.backtest.Backtest";
    private static final String TRAINER = "dev.tideline.training.child.ReplayChild";
    private static final String HEAP = "1g";
    private static final long STOP_SECONDS = 15;

    private final JsonMapper json = JsonMapper.builder().build();
    private final BacktestOptions options;
    private final Console console;
    private boolean told;

    public BacktestRun(BacktestOptions options, Console console) {
        this.options = options;
        this.console = console;
    }

    /**
     * @return whether there is a report
     * @throws LaunchException when it cannot be started
     */
    public boolean run() throws InterruptedException {
        BuiltService.check(options.home(), List.of(Service.MONITORING, Service.TRAINING));
        var folder = options.folder();
        try {
            Files.createDirectories(folder);
            var order = folder.resolve("order.json");
            Files.write(order, json.writeValueAsBytes(order(folder)));
            var command = new java.util.ArrayList<>(new BuiltService(options.home(), Service.MONITORING).command(HEAP, List.of(), REPLAY));
            command.add(order.toString());
            var process = new ProcessBuilder(command).redirectError(folder.resolve("backtest.log").toFile()).start();
            return follow(process, folder);
        } catch (IOException e) {
            throw new LaunchException("--out: " + folder + ": " + e.getMessage() + " (expected: a folder to write to)", e);
        }
    }

    private boolean follow(Process process, Path folder) throws InterruptedException {
        // A thread of its own reads, because reading cannot be interrupted and Ctrl-C must be.
        var reading = Thread.ofPlatform().daemon().name("backtest").start(() -> read(process));
        try {
            int status = process.waitFor();
            reading.join(TimeUnit.SECONDS.toMillis(STOP_SECONDS));
            if (status != 0 && !told) {
                console.line("tideline: the backtest ended with exit code " + status + "; see " + folder.resolve("backtest.log"));
            }
            return status == 0;
        } finally {
            process.destroy();
        }
    }

    private void read(Process process) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                show(json.readTree(line));
            }
        } catch (IOException | JacksonException end) {
            // The process ended within a line.
        }
    }

    private void show(JsonNode message) {
        switch (message.path("type").asString("")) {
            case "progress" -> console.progress(message.path("step").asString(""), message.path("fraction").doubleValue(0),
                    message.path("detail").asString(""));
            case "line" -> console.line(message.path("text").asString(""));
            case "failed" -> {
                told = true;
                message.path("message").asString("").lines().forEach(line -> console.line("tideline: " + line));
            }
            default -> { }
        }
    }

    private ObjectNode order(Path folder) throws IOException {
        var order = json.createObjectNode().put("csv", options.csv().file().toAbsolutePath().toString()).put("label", options.csv().label())
                .put("key", options.csv().key()).put("time", options.csv().time()).put("delay", options.delay())
                .put("history", options.history()).put("detector", options.detector()).put("seed", options.seed())
                .put("rivals", options.rivals()).put("threads", options.threads()).put("folder", folder.toString());
        order.set("policy", document(options.policy(), "--policy"));
        order.set("definition", document(options.model(), "--model"));
        var trainer = order.putArray("trainer");
        new BuiltService(options.home(), Service.TRAINING).command(HEAP, List.of("-XX:TieredStopAtLevel=1"), TRAINER).forEach(trainer::add);
        return order;
    }

    private JsonNode document(@Nullable Path file, String option) throws IOException {
        if (file == null) {
            return json.nullNode();
        }
        try {
            return json.readTree(Files.readAllBytes(file));
        } catch (JacksonException malformed) {
            throw new LaunchException(option + ": " + file + ": " + malformed.getOriginalMessage() + " (expected: JSON)", malformed);
        }
    }
}
