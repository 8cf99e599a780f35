package dev.tideline.training.child;

import dev.tideline.training.evaluation.Evaluation;
import dev.tideline.training.model.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A second training of a candidate that passed the gate, on all of its records: the newest ones, which were kept back to judge it, are
 * those that look most like what it will be asked. It has a folder of its own beside the job's checkpoints, empty before and gone after.
 */
final class Refit implements AutoCloseable {

    private final ChildOrder candidate;
    private final Path folder;

    Refit(ChildOrder candidate) throws IOException {
        this.candidate = candidate;
        this.folder = Path.of(candidate.checkpoints()).resolveSibling("refit");
        FileTree.remove(folder);
        Files.createDirectories(model());
    }

    ChildOrder order() {
        return candidate.apart(folder);
    }

    Path model() {
        return folder.resolve("model");
    }

    /** Whether training again went well: a model that answers records worse after it has seen them did not learn. */
    static boolean isNoWorse(String metric, Evaluation again, Evaluation candidate) {
        var mine = again.metrics().get(metric);
        var before = candidate.metrics().get(metric);
        return mine != null && before != null && Metrics.improvement(metric, mine, before) >= 0;
    }

    /** Puts the new model where the candidate was exported. */
    void replace() throws IOException {
        var output = Path.of(candidate.output());
        try (var old = Files.list(output)) {
            for (var entry : old.toList()) {
                FileTree.remove(entry);
            }
        }
        try (var files = Files.walk(model())) {
            for (var file : files.toList()) {
                var to = output.resolve(model().relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        FileTree.remove(folder);
    }
}
