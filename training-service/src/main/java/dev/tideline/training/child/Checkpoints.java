package dev.tideline.training.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Checkpoints of one job on disk. One counts only with its position file, which is written last. */
final class Checkpoints {

    private static final String POSITION = "position.json";
    private static final int KEPT = 2;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Path folder;

    Checkpoints(Path folder) {
        this.folder = folder;
    }

    /**
     * Where training stands: {@code batch} batches of pass {@code epoch} are done.
     *
     * @param step steps since the start of the training
     */
    record Position(int epoch, long batch, long step) {}

    record Checkpoint(Position position, Path prefix) {}

    /** Writes a checkpoint and removes all but the newest ones. */
    Path save(Position position, Consumer<Path> writer) throws IOException {
        var target = folder.resolve(String.format("%012d", position.step()));
        Files.createDirectories(target);
        var prefix = target.resolve("model");
        writer.accept(prefix);
        var part = target.resolve(POSITION + ".part");
        Files.write(part, json.writeValueAsBytes(position));
        Files.move(part, target.resolve(POSITION), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        var all = complete();
        for (var old : all.subList(0, Math.max(0, all.size() - KEPT))) {
            delete(old);
        }
        return prefix;
    }

    Optional<Checkpoint> newest() throws IOException {
        var all = complete();
        for (int i = all.size() - 1; i >= 0; i--) {
            try {
                var position = json.readValue(Files.readAllBytes(all.get(i).resolve(POSITION)), Position.class);
                return Optional.of(new Checkpoint(position, all.get(i).resolve("model")));
            } catch (JacksonException damaged) {
                delete(all.get(i));
            }
        }
        return Optional.empty();
    }

    private List<Path> complete() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Files.exists(child.resolve(POSITION))).sorted().toList();
        }
    }

    private static void delete(Path checkpoint) throws IOException {
        Files.deleteIfExists(checkpoint.resolve(POSITION));
        try (Stream<Path> files = Files.walk(checkpoint)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
