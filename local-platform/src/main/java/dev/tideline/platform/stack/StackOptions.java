package dev.tideline.platform.stack;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What and where to run.
 *
 * @param home   folder of the repository, with the built modules
 * @param data   folder for everything that is kept
 * @param heap   largest heap of each service, as for {@code -Xmx}
 * @param jit    how much the services' JVMs compile
 * @param bucket storage root of the services, as {@code s3://bucket/prefix}; null: a folder below {@code data}
 */
public record StackOptions(Path home, Path data, Ports ports, String heap, Jit jit, @Nullable String bucket) {

    public static final String DEFAULT_HEAP = "384m";

    /** A run of two minutes does not earn back what the optimising compiler costs. */
    public enum Jit { FULL, QUICK }

    public StackOptions(Path home, Path data, Ports ports, String heap, Jit jit) {
        this(home, data, ports, heap, jit, null);
    }

    public StackOptions {
        if (!heap.matches("[1-9][0-9]*[kmgKMG]")) {
            throw new LaunchException("--heap: " + heap + " (expected: a size such as 384m or 1g)");
        }
    }

    /** Where a service answers HTTP. */
    public URI url(Service service) {
        return ServiceCommands.loopback(ports.of(service));
    }

    /** For {@code bootstrap.servers}. */
    public String bootstrap() {
        return "127.0.0.1:" + ports.kafka();
    }

    /** What the services call the storage root, unless it is a bucket. */
    public Path storage() {
        return data.toAbsolutePath().normalize().resolve("storage");
    }
}
