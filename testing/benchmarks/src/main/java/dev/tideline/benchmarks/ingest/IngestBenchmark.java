package dev.tideline.benchmarks.ingest;

import dev.tideline.benchmarks.ingest.Options.Part;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Measures ingest-service as a whole; see the README of this module for the command. */
public final class IngestBenchmark {

    private IngestBenchmark() {}

    public static void main(String[] args) throws Exception {
        Options options;
        try {
            options = Options.parse(args);
        } catch (IllegalArgumentException wrong) {
            System.err.println(wrong.getMessage());
            System.exit(2);
            return;
        }
        List<Rates> rates = new ArrayList<>();
        StreamTrial.Result stream = null;
        try (Lab lab = Lab.open(options)) {
            if (options.parts().contains(Part.DRAIN)) {
                for (Form form : options.forms()) {
                    rates.addAll(new DrainTrial(options, lab).run(form));
                }
            }
            if (options.parts().contains(Part.DOOR)) {
                rates.add(new DoorTrial(options, lab).run());
            }
            if (options.parts().contains(Part.STREAM)) {
                stream = new StreamTrial(options, lab).run();
            }
        }
        print(rates, stream);
        Files.writeString(options.out(), json(options, rates, stream).toPrettyString());
    }

    private static void print(List<Rates> rates, StreamTrial.@Nullable Result stream) {
        System.out.println();
        System.out.println(Rates.heading());
        rates.forEach(row -> System.out.println(row.row()));
        if (stream != null) {
            System.out.printf("%nstream of %.2f GB, %d records: acknowledged after %.1f s (%.0f MB/s), committed after %.1f s%n",
                    stream.bytes() / 1e9, stream.records(), stream.acknowledged(), stream.bytes() / stream.acknowledged() / 1e6, stream.committed());
            System.out.printf("heap: peak %d MB, after collections by fifths of the run %s MB; pauses %.0f ms in all, longest %.0f ms;"
                    + " process: peak %d MB%n", stream.heapPeak(), stream.heapAfter(), stream.pauseMillis(), stream.longestPause(), stream.resident());
        }
    }

    private static ObjectNode json(Options options, List<Rates> rates, StreamTrial.@Nullable Result stream) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("at", Instant.now().toString()).put("java", System.getProperty("java.runtime.version"))
                .put("cores", Runtime.getRuntime().availableProcessors()).put("options", options.toString());
        ArrayNode rows = json.putArray("rates");
        for (Rates rate : rates) {
            ObjectNode row = rows.addObject().put("name", rate.name()).put("rival", rate.rival()).put("ratio", rate.ratio())
                    .put("target", rate.target());
            rate.serviceRates().forEach(row.putArray("service")::add);
            rate.rivalRates().forEach(row.putArray("rivals")::add);
        }
        if (stream != null) {
            ObjectNode node = json.putObject("stream").put("bytes", stream.bytes()).put("records", stream.records())
                    .put("acknowledgedSeconds", stream.acknowledged()).put("committedSeconds", stream.committed())
                    .put("heapPeakMb", stream.heapPeak()).put("pauseMillis", stream.pauseMillis())
                    .put("longestPauseMillis", stream.longestPause()).put("residentMb", stream.resident());
            stream.heapAfter().forEach(node.putArray("heapAfterCollectionsMb")::add);
        }
        return json;
    }
}
