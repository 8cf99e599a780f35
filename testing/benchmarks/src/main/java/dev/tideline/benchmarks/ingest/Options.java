package dev.tideline.benchmarks.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * @param parts       what to measure
 * @param forms       forms of the records on the topic
 * @param records     records of one measurement
 * @param repetitions measurements of each side, in turn; one more of each comes before, for the JIT, and does not count
 * @param partitions  of every topic
 * @param writers     threads of the service that write shards; with 0 only the door can be measured
 * @param connections of clients that send NDJSON
 * @param streamBytes bytes of the long stream
 * @param heap        of the service, as in -Xmx
 * @param home        of the repository
 * @param work        folder for data, empty or new; removed at the end
 * @param out         file for the figures as JSON
 * @param jvm         further flags for the service's JVM
 */
record Options(
        List<Part> parts, List<Form> forms, int records, int repetitions, int partitions, int writers, int connections,
        long streamBytes, String heap, Path home, Path work, Path out, List<String> jvm) {

    enum Part { DRAIN, DOOR, STREAM }

    static final String USAGE = """
            --parts=drain,door,stream  --forms=example,json  --records=4000000  --repetitions=3  --partitions=4  --writers=2
            --connections=2  --stream-bytes=5000000000  --heap=512m  --home=.  --work=FOLDER  --out=ingest-benchmark.json
            --jvm="FLAG FLAG"  (flags for the service's JVM)""";

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
        List<Part> parts = list(Part.class, given.getOrDefault("parts", "drain,door,stream"));
        int writers = number(given, "writers", 2);
        if (writers == 0 && !parts.equals(List.of(Part.DOOR))) {
            throw new IllegalArgumentException("--writers: 0 (expected: at least 1, or --parts=door)");
        }
        return new Options(
                parts, list(Form.class, given.getOrDefault("forms", "example,json")),
                number(given, "records", 4_000_000), number(given, "repetitions", 3), number(given, "partitions", 4), writers,
                number(given, "connections", 2), Long.parseLong(given.getOrDefault("stream-bytes", "5000000000")),
                given.getOrDefault("heap", "512m"), Path.of(given.getOrDefault("home", ".")).toAbsolutePath().normalize(),
                Path.of(given.getOrDefault("work", Path.of(System.getProperty("java.io.tmpdir"), "tideline-ingest-benchmark").toString())),
                Path.of(given.getOrDefault("out", "ingest-benchmark.json")), Arrays.stream(given.getOrDefault("jvm", "").split(" "))
                        .filter(flag -> !flag.isBlank()).toList());
    }

    private static int number(Map<String, String> given, String name, int fallback) {
        return Integer.parseInt(given.getOrDefault(name, Integer.toString(fallback)));
    }

    private static <E extends Enum<E>> List<E> list(Class<E> type, String names) {
        return Arrays.stream(names.split(",")).map(name -> Enum.valueOf(type, name.toUpperCase(Locale.ROOT))).toList();
    }
}
