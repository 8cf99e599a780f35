package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Problem;
import dev.tideline.starter.error.TidelineException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What to seal: {@code {"window":{"rule":"last","records":5000},"requestId":"…"}}. Everything, when there is no window.
 *
 * @param requestId null when the request named none
 */
record SealRequest(DataWindow window, @Nullable String requestId) {

    private static final int MAX_ID = 200;

    static SealRequest read(JsonNode body) {
        List<Problem> problems = new ArrayList<>();
        DataWindow window = window(body.path("window"), problems);
        JsonNode id = body.path("requestId");
        boolean named = !id.isMissingNode() && !id.isNull();
        if (named && (!id.isString() || id.stringValue().isBlank() || id.stringValue().length() > MAX_ID)) {
            problems.add(new Problem("INVALID_REQUEST_ID", "/requestId", id.toString(), "a text of 1 to " + MAX_ID + " characters"));
        }
        if (window == null || !problems.isEmpty()) {
            throw new TidelineException(VersionError.INVALID_WINDOW, "the request cannot be sealed", problems);
        }
        return new SealRequest(window, named ? id.stringValue() : null);
    }

    private static @Nullable DataWindow window(JsonNode json, List<Problem> problems) {
        if (json.isMissingNode() || json.isNull()) {
            return new DataWindow.All();
        }
        String rule = json.path("rule").asString("");
        return switch (rule) {
            case "all" -> new DataWindow.All();
            case "last" -> last(json.path("records"), problems);
            case "since" -> since(json.path("time"), problems);
            default -> refuse(problems, "/window/rule", json.path("rule"), "all, last or since");
        };
    }

    private static @Nullable DataWindow last(JsonNode records, List<Problem> problems) {
        if (!records.isIntegralNumber() || !records.canConvertToLong() || records.longValue() <= 0) {
            return refuse(problems, "/window/records", records, "an integer above 0");
        }
        return new DataWindow.Last(records.longValue());
    }

    private static @Nullable DataWindow since(JsonNode time, List<Problem> problems) {
        try {
            return new DataWindow.Since(Instant.parse(time.asString("")));
        } catch (DateTimeException unreadable) {
            return refuse(problems, "/window/time", time, "a time in ISO-8601, such as 2026-01-31T12:00:00Z");
        }
    }

    private static @Nullable DataWindow refuse(List<Problem> problems, String pointer, JsonNode value, String expected) {
        problems.add(new Problem("INVALID_WINDOW", pointer, value.isMissingNode() ? "absent" : value.toString(), expected));
        return null;
    }
}
