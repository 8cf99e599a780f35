package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Problem;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the JSON form of a window; what is wrong with it goes to a list. */
public final class WindowReader {

    private WindowReader() {}

    /**
     * @param json    everything, when it is absent
     * @param pointer where {@code json} lies in the request
     * @return null when there is a problem
     */
    public static @Nullable DataWindow read(JsonNode json, String pointer, List<Problem> problems) {
        if (json.isMissingNode() || json.isNull()) {
            return new DataWindow.All();
        }
        String rule = json.path("rule").asString("");
        return switch (rule) {
            case "all" -> new DataWindow.All();
            case "last" -> last(json.path("records"), pointer, problems);
            case "since" -> since(json.path("time"), pointer, problems);
            default -> refuse(problems, pointer + "/rule", json.path("rule"), "all, last or since");
        };
    }

    private static @Nullable DataWindow last(JsonNode records, String pointer, List<Problem> problems) {
        if (!records.isIntegralNumber() || !records.canConvertToLong() || records.longValue() <= 0) {
            return refuse(problems, pointer + "/records", records, "an integer above 0");
        }
        return new DataWindow.Last(records.longValue());
    }

    private static @Nullable DataWindow since(JsonNode time, String pointer, List<Problem> problems) {
        try {
            return new DataWindow.Since(Instant.parse(time.asString("")));
        } catch (DateTimeException unreadable) {
            return refuse(problems, pointer + "/time", time, "a time in ISO-8601, such as 2026-01-31T12:00:00Z");
        }
    }

    private static @Nullable DataWindow refuse(List<Problem> problems, String pointer, JsonNode value, String expected) {
        problems.add(new Problem("INVALID_WINDOW", pointer, value.isMissingNode() ? "absent" : value.toString(), expected));
        return null;
    }
}
