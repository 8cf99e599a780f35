package dev.tideline.ingest.version;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Problem;
import dev.tideline.starter.error.TidelineException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What to seal: {@code {"window":{"rule":"last","records":5000},"requestId":"…"}}. Everything, when there is no window.
 *
 * @param requestId null when the request named none
 * @param trigger   {@code TRAINING} when training-service asks for a job
 * @param pin       set in the transaction that seals, so that nothing comes between; null for none
 */
record SealRequest(DataWindow window, @Nullable String requestId, Trigger trigger, @Nullable PinRequest pin) {

    private static final int MAX_ID = 200;

    static SealRequest read(JsonNode body) {
        List<Problem> problems = new ArrayList<>();
        DataWindow window = WindowReader.read(body.path("window"), "/window", problems);
        JsonNode id = body.path("requestId");
        boolean named = !id.isMissingNode() && !id.isNull();
        if (named && (!id.isString() || id.stringValue().isBlank() || id.stringValue().length() > MAX_ID || id.stringValue().indexOf('\0') >= 0)) {
            problems.add(new Problem("INVALID_REQUEST_ID", "/requestId", id.toString(), "a text of 1 to " + MAX_ID
                    + " characters, none of them U+0000"));
        }
        Trigger trigger = trigger(body.path("trigger"), problems);
        JsonNode wanted = body.path("pin");
        PinRequest pin = wanted.isMissingNode() || wanted.isNull() ? null : PinRequest.read(wanted, "/pin", problems);
        if (window == null || !problems.isEmpty()) {
            throw new TidelineException(VersionError.INVALID_WINDOW, "the request cannot be sealed", problems);
        }
        return new SealRequest(window, named ? id.stringValue() : null, trigger, pin);
    }

    private static Trigger trigger(JsonNode json, List<Problem> problems) {
        return switch (json.asString("")) {
            case "TRAINING" -> Trigger.TRAINING;
            case "REQUEST", "" -> Trigger.REQUEST;
            default -> {
                problems.add(new Problem("INVALID_TRIGGER", "/trigger", json.toString(), "REQUEST or TRAINING; the others are the service's own"));
                yield Trigger.REQUEST;
            }
        };
    }
}
