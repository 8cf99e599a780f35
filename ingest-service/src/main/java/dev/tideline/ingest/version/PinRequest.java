package dev.tideline.ingest.version;

import dev.tideline.contracts.Problem;
import dev.tideline.starter.error.TidelineException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What somebody asks for who uses a version: {@code {"for":"PT6H","reason":"…"}}, with {@code "owner"} where the path has none. */
record PinRequest(String owner, String reason, Duration time) {

    /** Derived from events; nobody sets them by hand. */
    static final String MODEL = "model:";

    private static final Pattern OWNER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:@-]{0,127}");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final int MAX_REASON = 500;
    private static final Set<String> KNOWN = Set.of("owner", "reason", "for");

    Pin from(Instant now) {
        return new Pin(owner, reason, now, now.plus(time));
    }

    /** Reads a request, or fails with everything that is wrong with it. */
    static PinRequest read(String owner, JsonNode body) {
        List<Problem> problems = new ArrayList<>();
        PinRequest request = read(owner, body, "", problems);
        if (request == null) {
            throw new TidelineException(VersionError.INVALID_PIN, "the pin cannot be read", problems);
        }
        return request;
    }

    /** As part of a larger request: the owner is a field, and problems go to a list. */
    static @Nullable PinRequest read(JsonNode json, String pointer, List<Problem> problems) {
        return read(json.path("owner").asString(""), json, pointer, problems);
    }

    private static @Nullable PinRequest read(String owner, JsonNode json, String pointer, List<Problem> problems) {
        int before = problems.size();
        if (!OWNER.matcher(owner).matches() || owner.startsWith(MODEL)) {
            problems.add(new Problem("INVALID_PIN", pointer + "/owner", owner,
                    "1 to 128 of letters, digits and . _ : @ -, not beginning with " + MODEL));
        }
        Duration time = time(json.path("for"), pointer, problems);
        String reason = json.path("reason").asString("");
        if (reason.length() > MAX_REASON || reason.indexOf('\0') >= 0) {
            problems.add(new Problem("INVALID_PIN", pointer + "/reason", reason.length() + " characters", "at most " + MAX_REASON
                    + ", none of them U+0000"));
        }
        for (String name : json.propertyNames()) {
            if (!KNOWN.contains(name)) {
                problems.add(new Problem("UNKNOWN_FIELD", pointer + "/" + name, json.path(name).toString(), "for or reason"));
            }
        }
        return time == null || problems.size() > before ? null : new PinRequest(owner, reason, time);
    }

    private static @Nullable Duration time(JsonNode json, String pointer, List<Problem> problems) {
        try {
            Duration time = Duration.parse(json.asString(""));
            if (time.compareTo(Duration.ofSeconds(1)) >= 0 && time.compareTo(LONGEST) <= 0) {
                return time;
            }
        } catch (DateTimeException unreadable) {
            // Reported like a duration that is too short.
        }
        problems.add(new Problem("INVALID_PIN", pointer + "/for", json.isMissingNode() ? "absent" : json.toString(),
                "an ISO-8601 duration from a second to 366 days, such as PT6H"));
        return null;
    }
}
