package dev.tideline.benchmarks.inference;

import dev.tideline.benchmarks.command.Arguments;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * @param parts       what to measure
 * @param doors       by which way
 * @param features    columns of the model's input
 * @param layers      sizes of its hidden layers
 * @param rows        of a large request
 * @param connections for large requests
 * @param clients     connections for single rows
 * @param rate        single rows per second at low load, and while versions are swapped
 * @param swaps       versions that follow each other
 * @param warmUpSwaps as many before them, which are given on their own
 * @param pause       between one of them and the next
 * @param time        of one measurement
 * @param warmUp      of the same before it, for the JIT, which does not count
 * @param log         whether predictions are logged to Kafka
 * @param processors  who has which of them
 * @param alone       whether the service runs as {@code tideline serve}, without Kafka
 * @param home        of the repository
 * @param jvm         further flags for the service's JVM
 */
record Options(
        Set<Part> parts, Set<Door> doors, int features, int[] layers, int rows, int connections, int clients, int rate, int swaps, int warmUpSwaps, Duration pause,
        Duration time, Duration warmUp, boolean log, Processors processors, boolean alone,
        Path home, List<String> jvm) {

    enum Part { LIMIT, LARGE, SINGLE, LATENCY, SWAP }

    enum Door { REST, GRPC }

    static final String USAGE = """
            --parts=limit,large,single,latency,swap  --doors=rest,grpc  --features=16  --layers=64,32  --rows=128  --connections=4  --clients=64
            --rate=200  --swaps=100  --warm-up-swaps=20  --pause-ms=0  --seconds=6  --warm-up=6  --log=false  --processors=0  --alone=false  --home=.  --jvm="FLAG FLAG"  (flags for the service's JVM)""";

    /** @throws IllegalArgumentException that names every argument that is wrong */
    static Options parse(String[] args) {
        Arguments given = Arguments.parse(args, USAGE);
        Set<Part> parts = EnumSet.copyOf(given.constants(Part.class, "parts", "limit,large,single,latency,swap"));
        Set<Door> doors = EnumSet.copyOf(given.constants(Door.class, "doors", "rest,grpc"));
        return new Options(parts, doors, given.number("features", 16),
                given.list("layers", "64,32").stream().mapToInt(Integer::parseInt).toArray(),
                given.number("rows", 128), given.number("connections", 4), given.number("clients", 64), given.number("rate", 200),
                given.number("swaps", 100), given.number("warm-up-swaps", 20), Duration.ofMillis(given.number("pause-ms", 0)), Duration.ofSeconds(given.number("seconds", 6)),
                Duration.ofSeconds(given.number("warm-up", 6)), Boolean.parseBoolean(given.text("log", "false")),
                new Processors(Runtime.getRuntime().availableProcessors(), given.number("processors", 0)),
                Boolean.parseBoolean(given.text("alone", "false")),
                Path.of(given.text("home", ".")).toAbsolutePath().normalize(),
                given.flags("jvm"));
    }
}
