package dev.tideline.training.child;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Checkpoints of one job on disk. One counts only with its position file, which is written last. */
public final class Checkpoints {

    private static final String POSITION = "position.json";
    private static final int KEPT = 2;

    private final JsonMapper json = JsonMapper.builder().build();
    private final Path folder;
    private final int attempt;

    /**
     * @param attempt a part of the folders' names: the process of an earlier attempt that is late to die never writes where this one
     *                writes or reads
     */
    Checkpoints(Path folder, int attempt) {
        this.folder = folder;
        this.attempt = attempt;
    }

    /**
     * Where training stands: {@code batch} batches of pass {@code epoch} are done.
     *
     * @param step steps since the start of the training
     */
    record Position(int epoch, long batch, long step) {}

    record Checkpoint(Position position, Path prefix) {}

    /** Step of the newest complete checkpoint in a job's folder; 0 when there is none or the folder cannot be read. */
    public static long newestStep(Path folder) {
        try {
            var all = complete(folder);
            return all.isEmpty() ? 0 : Long.parseLong(all.getLast().getFileName().toString().split("-", 2)[0]);
        } catch (IOException | NumberFormatException unreadable) {
            return 0;
        }
    }

    /** Writes a checkpoint and removes all but the newest ones. */
    Path save(Position position, Consumer<Path> writer) throws IOException {
        var target = folder.resolve(String.format(Locale.ROOT, "%012d-%04d", position.step(), attempt));
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

    /** Newest first. */
    List<Checkpoint> all() throws IOException {
        var found = new ArrayList<Checkpoint>();
        for (var each : complete().reversed()) {
            var position = position(each);
            if (position != null) {
                found.add(new Checkpoint(position, each.resolve("model")));
            }
        }
        return found;
    }

    /** Removes one that turned out to be of no use. */
    void discard(Checkpoint checkpoint) throws IOException {
        delete(checkpoint.prefix().getParent());
    }

    private @Nullable Position position(Path checkpoint) throws IOException {
        try {
            return json.readValue(Files.readAllBytes(checkpoint.resolve(POSITION)), Position.class);
        } catch (JacksonException damaged) {
            delete(checkpoint);
            return null;
        }
    }

    private List<Path> complete() throws IOException {
        return complete(folder);
    }

    private static List<Path> complete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(folder)) {
            return children.filter(child -> Files.exists(child.resolve(POSITION))).sorted().toList();
        }
    }

    private static void delete(Path checkpoint) throws IOException {
        Files.deleteIfExists(checkpoint.resolve(POSITION));
        FileTree.remove(checkpoint);
    }
}
