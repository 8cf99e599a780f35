package dev.tideline.monitoring.backtest;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** training-service's replay process: an order a line, a reply a line. It ends with this process, however this one ends. */
final class TrainingProcess implements Closeable {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int LAST_LINES = 12;
    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final BufferedWriter orders;
    private final BufferedReader replies;
    private final Path log;

    TrainingProcess(List<String> command, Path log) throws IOException {
        this.log = log;
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
        builder.environment().putIfAbsent("TF_CPP_MIN_LOG_LEVEL", "2");
        process = builder.start();
        orders = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        replies = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** @throws BacktestException with the last words of the process when it died */
    JsonNode ask(ObjectNode order) {
        try {
            orders.write(order.toString());
            orders.newLine();
            orders.flush();
            String line = replies.readLine();
            if (line != null) {
                return JSON.readTree(line);
            }
        } catch (IOException died) {
            // The same as the end of its output.
        }
        throw new BacktestException("the training process ended" + lastWords());
    }

    private String lastWords() {
        try {
            List<String> lines = Files.readAllLines(log);
            return "; the last lines of " + log + ":\n" + String.join("\n", lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "; its log " + log + " cannot be read: " + unreadable.getMessage();
        }
    }

    @Override
    public void close() {
        try {
            orders.close();
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException died) {
            process.destroyForcibly();
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

}
