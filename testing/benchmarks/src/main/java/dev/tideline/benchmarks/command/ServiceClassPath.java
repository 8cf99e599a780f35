package dev.tideline.benchmarks.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The class path of a service as it was packaged. */
public final class ServiceClassPath {

    private ServiceClassPath() {}

    /**
     * @param home    of the repository
     * @param service name of its module
     * @throws IllegalStateException when it was not built
     */
    public static String of(Path home, String service) throws IOException {
        Path target = home.resolve(service).resolve("target");
        Path libraries = target.resolve("runtime.classpath");
        if (!Files.exists(libraries)) {
            throw new IllegalStateException("not built: " + libraries + " (expected: mvn -B -Dquick package before, and --home at the repository)");
        }
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches(service + "-[^-]+(-SNAPSHOT)?\\.jar")).findFirst()
                    .orElseThrow();
            return jar + System.getProperty("path.separator") + Files.readString(libraries).strip();
        }
    }
}
