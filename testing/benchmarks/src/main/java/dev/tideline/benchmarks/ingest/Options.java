package dev.tideline.benchmarks.ingest;

import dev.tideline.benchmarks.command.Arguments;
import java.nio.file.Path;
import java.util.List;

/**
 * @param parts       what to measure
 * @param forms       forms of the records on the topic
 * @param records     records of one measurement
 * @param warmUp      turns of each side that come before, for the JIT of service, broker and rivals, and do not count
 * @param repetitions measurements of each side, in turn
 * @param partitions  of every topic
 * @param writers     threads of the service that write shards; with 0 only the door can be measured
 * @param connections of clients that send NDJSON
 * @param streamBytes bytes of the long stream
 * @param heap        of the service, as in -Xmx
 * @param home        of the repository
 * @param work        folder for data, empty or new; removed at the end
 * @param out         file for the figures as JSON
 * @param sink        whether the least sink drains each topic, too; its files go to the same disk
 * @param jvm         further flags for the service's JVM
 */
record Options(
        List<Part> parts, List<Form> forms, int records, int warmUp, int repetitions, int partitions, int writers, int connections,
        long streamBytes, String heap, Path home, Path work, Path out, boolean sink, List<String> jvm) {

    enum Part { DRAIN, DOOR, STREAM }

    static final String USAGE = """
            --parts=drain,door,stream  --forms=example,json  --records=4000000  --warm-up=2  --repetitions=3  --partitions=4  --writers=2
            --connections=2  --stream-bytes=5000000000  --heap=512m  --home=.  --work=FOLDER  --out=ingest-benchmark.json  --sink=false
            --jvm="FLAG FLAG"  (flags for the service's JVM)""";

    /** @throws IllegalArgumentException that names every argument that is wrong */
    static Options parse(String[] args) {
        Arguments given = Arguments.parse(args, USAGE);
        List<Part> parts = given.constants(Part.class, "parts", "drain,door,stream");
        int writers = given.number("writers", 2);
        if (writers == 0 && !parts.equals(List.of(Part.DOOR))) {
            throw new IllegalArgumentException("--writers: 0 (expected: at least 1, or --parts=door)");
        }
        return new Options(
                parts, given.constants(Form.class, "forms", "example,json"),
                given.number("records", 4_000_000), given.number("warm-up", 2), given.number("repetitions", 3),
                given.number("partitions", 4), writers, given.number("connections", 2), Long.parseLong(given.text("stream-bytes", "5000000000")),
                given.text("heap", "512m"), Path.of(given.text("home", ".")).toAbsolutePath().normalize(),
                Path.of(given.text("work", Path.of(System.getProperty("java.io.tmpdir"), "tideline-ingest-benchmark").toString())),
                Path.of(given.text("out", "ingest-benchmark.json")),
                Boolean.parseBoolean(given.text("sink", "false")), given.flags("jvm"));
    }
}
