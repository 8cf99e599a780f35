package dev.tideline.platform.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A service as Maven built it: how to run a main class of it. */
public final class BuiltService {

    private static final String VERSION = "0.1.0-SNAPSHOT";
    private static final int UNSAFE_FLAG_SINCE = 24;
    /** Up to which classes are loaded without a collection of the whole heap, of which every start would have three otherwise. */
    private static final String METASPACE = "-XX:MetaspaceSize=128m";

    private final Path home;
    private final Service service;

    /** @param home folder of the repository */
    public BuiltService(Path home, Service service) {
        this.home = home;
        this.service = service;
    }

    /** @throws LaunchException that names every module of {@code services} that is not built */
    public static void check(Path home, List<Service> services) {
        var missing = services.stream().map(service -> new BuiltService(home, service)).filter(built -> !built.isBuilt())
                .map(built -> built.service.module()).toList();
        if (!missing.isEmpty()) {
            throw new LaunchException("not built: " + String.join(", ", missing) + " in " + home
                    + " (expected: target/*.jar and target/runtime.classpath of each; run mvn -B -Dquick package)");
        }
    }

    /**
     * The command of a JVM.
     *
     * @param heap  largest heap, as for {@code -Xmx}
     * @param flags further flags of the JVM
     */
    public List<String> command(String heap, List<String> flags, String mainClass) {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + heap, "-XX:+UseSerialGC", METASPACE, "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(flags);
        if (Runtime.version().feature() >= UNSAFE_FLAG_SINCE) {
            command.add("--sun-misc-unsafe-memory-access=allow");
        }
        command.addAll(List.of("-cp", classPath(), mainClass));
        return command;
    }

    private String classPath() {
        try {
            return jar() + System.getProperty("path.separator") + Files.readString(libraries()).strip();
        } catch (IOException e) {
            throw new LaunchException("class path: " + libraries() + ": " + e.getMessage() + " (expected: readable)", e);
        }
    }

    private boolean isBuilt() {
        return Files.exists(jar()) && Files.exists(libraries());
    }

    private Path jar() {
        return target().resolve(service.module() + "-" + VERSION + ".jar");
    }

    private Path libraries() {
        return target().resolve("runtime.classpath");
    }

    private Path target() {
        return home.toAbsolutePath().resolve(service.module()).resolve("target");
    }
}
