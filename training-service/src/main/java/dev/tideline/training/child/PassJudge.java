package dev.tideline.training.child;

import dev.tideline.training.model.EarlyStopping;
import dev.tideline.training.tensorflow.HeldOut;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Judges each pass of a training on held-out records and says when to stop; what it knows survives a restart. */
final class PassJudge implements AutoCloseable {

    private final JsonMapper json = JsonMapper.builder().build();
    private final HeldOut heldOut;
    private final EarlyStopping rule;
    private final Path folder;

    /** @param folder for the best weights so far and the state */
    PassJudge(HeldOut heldOut, EarlyStopping rule, Path folder) {
        this.heldOut = heldOut;
        this.rule = rule;
        this.folder = folder;
    }

    /**
     * Judges the weights after {@code pass}.
     *
     * @param writer writes a checkpoint under a prefix
     * @return whether training is over
     */
    boolean judge(int pass, Consumer<Path> writer) throws IOException {
        var before = state();
        if (pass <= before.pass()) {
            return before.exhausted(rule);
        }
        Files.createDirectories(folder);
        var candidate = folder.resolve("pass-" + pass);
        writer.accept(candidate.resolve("model"));
        var metrics = heldOut.judge(candidate.resolve("model"));
        var now = before.after(pass, metrics.getOrDefault(rule.metric(), Double.NaN), rule);
        System.err.println("pass " + (pass + 1) + " on held-out records: " + metrics
            + (now.isBest() ? ", the best so far" : ", no improvement for " + now.waited()));
        // The state names the best pass; its weights are there before it does, and others go after.
        write(now);
        remove(now.isBest() ? before.bestPass() : pass);
        return now.exhausted(rule);
    }

    /** Prefix of the weights to export: the best ones, or {@code last}. */
    Path chosen(Path last) {
        var state = state();
        return rule.restoreBest() && state.bestPass() >= 0 ? folder.resolve("pass-" + state.bestPass()).resolve("model") : last;
    }

    private Patience state() {
        try {
            return json.readValue(Files.readAllBytes(folder.resolve("state.json")), Patience.class);
        } catch (IOException | JacksonException none) {
            return Patience.fresh();
        }
    }

    private void write(Patience state) throws IOException {
        var part = folder.resolve("state.json.part");
        Files.write(part, json.writeValueAsBytes(state));
        Files.move(part, folder.resolve("state.json"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private void remove(int pass) throws IOException {
        var old = folder.resolve("pass-" + pass);
        if (Files.isDirectory(old)) {
            try (var files = Files.list(old)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(old);
        }
    }

    @Override
    public void close() {
        heldOut.close();
    }
}
