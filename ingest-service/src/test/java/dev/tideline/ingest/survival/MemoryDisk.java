package dev.tideline.ingest.survival;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A tmpfs of a few megabytes in a mount namespace of its own, which belongs to a process that does nothing else and is reached
 * through that process's root. It needs root or user namespaces, leaves the machine's mounts alone and is gone with its process.
 */
final class MemoryDisk implements ShardDisk {

    private static final int MIB = 1 << 20;
    private static final String SIZE = "128m";
    private static final String SCRIPT = "mount -t tmpfs -o size=" + SIZE + ",mode=0777 tideline /mnt && echo mounted && exec cat";

    private final Process holder;

    private MemoryDisk(Process holder) {
        this.holder = holder;
    }

    /** Null when this machine does not permit it. */
    static @Nullable MemoryDisk mount() {
        try {
            // cat ends with this JVM, whatever ends it.
            Process holder = new ProcessBuilder("unshare", "--map-root-user", "--mount", "sh", "-c", SCRIPT)
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            byte[] answer = holder.getInputStream().readNBytes("mounted".length());
            if (new String(answer, StandardCharsets.UTF_8).equals("mounted")) {
                return new MemoryDisk(holder);
            }
            holder.destroyForcibly();
            return null;
        } catch (IOException noSuchCommand) {
            return null;
        }
    }

    @Override
    public Path root() {
        return Path.of("/proc", Long.toString(holder.pid()), "root", "mnt", "storage");
    }

    @Override
    public void fill(List<Instance> writers) {
        byte[] block = new byte[MIB];
        try (OutputStream out = Files.newOutputStream(filler())) {
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            if (!String.valueOf(full.getMessage()).contains("No space left")) {
                throw new UncheckedIOException(full);
            }
        }
    }

    @Override
    public void free(List<Instance> writers) {
        try {
            Files.delete(filler());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public boolean isReason(String why) {
        return why.contains("No space left on device");
    }

    private Path filler() {
        return root().resolveSibling("filler");
    }

    @Override
    public void close() {
        Signals.kill(holder.toHandle());
    }
}
