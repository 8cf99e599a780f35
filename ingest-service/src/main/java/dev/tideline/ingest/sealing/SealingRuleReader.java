package dev.tideline.ingest.sealing;

import dev.tideline.contracts.DataWindow;
import dev.tideline.contracts.Problem;
import dev.tideline.ingest.version.WindowReader;
import dev.tideline.starter.error.TidelineException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;
import tools.jackson.databind.JsonNode;

/** Reads {@code {"window":{…},"everyRecords":10000,"every":"PT1H"}}, or {@code "cron"} and {@code "zone"} in place of {@code "every"}. */
final class SealingRuleReader {

    private static final Set<String> KNOWN = Set.of("window", "everyRecords", "every", "cron", "zone");
    private static final Duration LONGEST = Duration.ofDays(366);
    private static final String AGE_RULE = "an ISO-8601 duration from a second to 366 days, such as P7D";

    private final List<Problem> problems = new ArrayList<>();

    private SealingRuleReader() {}

    /** Reads a rule, or fails with everything that is wrong with it. */
    static SealingRule read(JsonNode body) {
        SealingRuleReader reader = new SealingRuleReader();
        SealingRule rule = reader.rule(body);
        if (rule == null || !reader.problems.isEmpty()) {
            throw new TidelineException(SealingError.INVALID_SEALING, "the sealing rule cannot be read", reader.problems);
        }
        return rule;
    }

    private @Nullable SealingRule rule(JsonNode body) {
        for (String name : body.propertyNames()) {
            if (!KNOWN.contains(name)) {
                problems.add(new Problem("UNKNOWN_FIELD", "/" + name, body.path(name).toString(), "window, everyRecords, every, cron or zone"));
            }
        }
        SealingWindow window = window(body.path("window"));
        Long records = absent(body.path("everyRecords")) ? null : records(body.path("everyRecords"));
        Schedule schedule = schedule(body);
        if (absent(body.path("everyRecords")) && absent(body.path("every")) && absent(body.path("cron"))) {
            refuse("", body, "at least one of everyRecords, every and cron");
        }
        return window == null ? null : new SealingRule(window, records, schedule);
    }

    private @Nullable SealingWindow window(JsonNode json) {
        if ("since".equals(json.path("rule").asString("")) && json.has("age")) {
            Duration age = duration("/window/age", json.path("age"));
            if (json.has("time")) {
                refuse("/window/time", json.path("time"), "either time or age");
            }
            return age == null ? null : new SealingWindow.Recent(age);
        }
        DataWindow window = WindowReader.read(json, "/window", problems);
        return window == null ? null : new SealingWindow.Fixed(window);
    }

    private @Nullable Long records(JsonNode json) {
        if (json.isIntegralNumber() && json.canConvertToLong() && json.longValue() > 0) {
            return json.longValue();
        }
        refuse("/everyRecords", json, "an integer above 0");
        return null;
    }

    private @Nullable Schedule schedule(JsonNode body) {
        JsonNode every = body.path("every");
        JsonNode cron = body.path("cron");
        ZoneId zone = zone(body.path("zone"));
        if (absent(cron) && !absent(body.path("zone"))) {
            refuse("/zone", body.path("zone"), "a zone only with cron");
        }
        if (!absent(every) && !absent(cron)) {
            refuse("/cron", cron, "either every or cron");
        }
        if (!absent(every)) {
            Duration step = duration("/every", every);
            return step == null ? null : new Schedule.Every(step);
        }
        return absent(cron) ? null : cron(cron, zone);
    }

    private @Nullable Schedule cron(JsonNode json, ZoneId zone) {
        if (json.isString() && CronExpression.isValidExpression(json.stringValue())) {
            return new Schedule.Cron(CronExpression.parse(json.stringValue()), zone);
        }
        refuse("/cron", json, "six fields from second to day of week, such as 0 0 3 * * MON-FRI");
        return null;
    }

    private ZoneId zone(JsonNode json) {
        try {
            return absent(json) ? ZoneId.of("UTC") : ZoneId.of(json.asString(""));
        } catch (DateTimeException unknown) {
            refuse("/zone", json, "a time zone, such as Europe/Berlin");
            return ZoneId.of("UTC");
        }
    }

    private @Nullable Duration duration(String pointer, JsonNode json) {
        try {
            Duration duration = Duration.parse(json.asString(""));
            if (duration.compareTo(Duration.ofSeconds(1)) >= 0 && duration.compareTo(LONGEST) <= 0 && duration.getNano() == 0) {
                return duration;
            }
        } catch (DateTimeException unreadable) {
            // Reported like a duration that is too short.
        }
        refuse(pointer, json, AGE_RULE);
        return null;
    }

    private void refuse(String pointer, JsonNode value, String expected) {
        problems.add(new Problem("INVALID_SEALING", pointer, value.toString(), expected));
    }

    private static boolean absent(JsonNode json) {
        return json.isMissingNode() || json.isNull();
    }
}
