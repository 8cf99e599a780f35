package dev.tideline.training.child;

import dev.tideline.training.model.InputPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The folder of this process's cached records. It serves one process only: a half-written cache of a process that was killed would
 * be refused as one that somebody is still writing.
 *
 * @param folder empty; null when nothing is cached in files
 */
record RecordCache(@Nullable Path folder) implements AutoCloseable {

    /** Also removes what an earlier process of the same rank has left. */
    static RecordCache of(InputPlan input, ChildOrder order) throws IOException {
        if (input.cache() != InputPlan.Cache.FILE) {
            return new RecordCache(null);
        }
        var own = Path.of(order.checkpoints()).resolveSibling("cache").resolve("worker-" + order.rank());
        FileTree.remove(own);
        return new RecordCache(Files.createDirectories(own.resolve("attempt-" + order.attempt())));
    }

    @Override
    public void close() throws IOException {
        if (folder != null) {
            FileTree.remove(folder);
        }
    }
}
