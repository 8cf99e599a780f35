package dev.tideline.ingest.survival;

import java.nio.file.Path;
import java.util.List;

/** An ordinary folder; when it is to be full, the kernel refuses the writers files of more than a few bytes (RLIMIT_FSIZE). */
final class LimitedFiles implements ShardDisk {

    private final Path root;

    LimitedFiles(Path folder) {
        this.root = folder.resolve("storage");
    }

    @Override
    public Path root() {
        return root;
    }

    @Override
    public void fill(List<Instance> writers) {
        writers.forEach(writer -> limit(writer, "16:"));
    }

    @Override
    public void free(List<Instance> writers) {
        writers.forEach(writer -> limit(writer, "unlimited:"));
    }

    @Override
    public boolean isReason(String why) {
        return why.contains("File too large");
    }

    @Override
    public void close() {
        // The folder belongs to the test.
    }

    private static void limit(Instance writer, String softLimit) {
        Signals.run("prlimit", "--pid", Long.toString(writer.pid()), "--fsize=" + softLimit);
    }
}
