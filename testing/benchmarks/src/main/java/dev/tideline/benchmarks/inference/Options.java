package dev.tideline.benchmarks.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * @param parts       what to measure
 * @param features    columns of the model's input
 * @param layers      sizes of its hidden layers
 * @param rows        of a large request
 * @param connections for large requests
 * @param clients     connections for single rows
 * @param rate        single rows per second at low load, and while versions are swapped
 * @param swaps       versions that follow each other
 * @param time        of one measurement; half of it again comes before, for the JIT, and does not count
 * @param log         whether predictions are logged to Kafka
 * @param home        of the repository
 * @param jvm         further flags for the service's JVM
 */
record Options(
        Set<Part> parts, int features, int[] layers, int rows, int connections, int clients, int rate, int swaps, Duration time, boolean log,
        Path home, List<String> jvm) {

    enum Part { LIMIT, LARGE, SINGLE, LATENCY, SWAP }

    static final String USAGE = """
            --parts=limit,large,single,latency,swap  --features=16  --layers=64,32  --rows=128  --connections=4  --clients=64
            --rate=200  --swaps=100  --seconds=6  --log=false  --home=.  --jvm="FLAG FLAG"  (flags for the service's JVM)""";

    /** @throws IllegalArgumentException that names every argument that is wrong */
    static Options parse(String[] args) {
        Map<String, String> given = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        for (String arg : args) {
            int equals = arg.indexOf('=');
            if (!arg.startsWith("--") || equals < 0 || !USAGE.contains(arg.substring(0, equals + 1))) {
                wrong.add(arg);
            } else {
                given.put(arg.substring(2, equals), arg.substring(equals + 1));
            }
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException("arguments: " + wrong + " (expected:\n" + USAGE + ")");
        }
        Set<Part> parts = EnumSet.noneOf(Part.class);
        for (String part : given.getOrDefault("parts", "limit,large,single,latency,swap").split(",")) {
            parts.add(Part.valueOf(part.toUpperCase(Locale.ROOT)));
        }
        return new Options(parts, number(given, "features", 16),
                Arrays.stream(given.getOrDefault("layers", "64,32").split(",")).mapToInt(Integer::parseInt).toArray(),
                number(given, "rows", 128), number(given, "connections", 4), number(given, "clients", 64), number(given, "rate", 200),
                number(given, "swaps", 100), Duration.ofSeconds(number(given, "seconds", 6)), Boolean.parseBoolean(given.getOrDefault("log", "false")),
                Path.of(given.getOrDefault("home", ".")).toAbsolutePath().normalize(),
                Arrays.stream(given.getOrDefault("jvm", "").split(" ")).filter(flag -> !flag.isBlank()).toList());
    }

    private static int number(Map<String, String> given, String name, int fallback) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(fallback)));
    }

    /** Of inference-service, as packaged. */
    String serviceClassPath() throws IOException {
        Path target = home.resolve("inference-service/target");
        Path libraries = target.resolve("runtime.classpath");
        if (!Files.exists(libraries)) {
            throw new IllegalStateException("not built: " + libraries + " (expected: mvn -B -Dquick package before, and --home at the repository)");
        }
        try (Stream<Path> files = Files.list(target)) {
            Path jar = files.filter(file -> file.getFileName().toString().matches("inference-service-[^-]+(-SNAPSHOT)?\\.jar")).findFirst()
                    .orElseThrow();
            return jar + System.getProperty("path.separator") + Files.readString(libraries).strip();
        }
    }
}
