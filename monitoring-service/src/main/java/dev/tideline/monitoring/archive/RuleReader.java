package dev.tideline.monitoring.archive;

import dev.tideline.contracts.Problem;
import dev.tideline.monitoring.archive.ArchiveRule.Redaction;
import dev.tideline.starter.error.TidelineException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads a rule from JSON. What is absent takes the default; what is not known is a mistake. */
@Component
final class RuleReader {

    private static final List<String> FIELDS = List.of("enabled", "share", "maxAge", "redact");

    /** @throws TidelineException with all problems of the form */
    ArchiveRule read(JsonNode given) {
        List<Problem> problems = new ArrayList<>();
        if (!given.isObject()) {
            throw invalid(List.of(new Problem("WRONG_TYPE", "", given.toString(), "an object")));
        }
        given.propertyNames().stream().filter(name -> !FIELDS.contains(name)).forEach(name -> problems.add(
                new Problem("UNKNOWN_FIELD", "/" + name, given.path(name).toString(), "one of " + String.join(", ", FIELDS))));
        ArchiveRule defaults = ArchiveRule.defaults();
        JsonNode enabled = given.path("enabled");
        JsonNode share = given.path("share");
        if (!enabled.isMissingNode() && !enabled.isBoolean()) {
            problems.add(new Problem("WRONG_TYPE", "/enabled", enabled.toString(), "true or false"));
        }
        if (!share.isMissingNode() && !share.isNumber()) {
            problems.add(new Problem("WRONG_TYPE", "/share", share.toString(), "a number of 0 to 1"));
        }
        Duration maxAge = maxAge(given.path("maxAge"), problems);
        SortedMap<String, Redaction> redact = redact(given.path("redact"), problems);
        if (!problems.isEmpty()) {
            throw invalid(problems);
        }
        return new ArchiveRule(enabled.booleanValue(defaults.enabled()), share.doubleValue(defaults.share()), maxAge, redact);
    }

    static TidelineException invalid(List<Problem> problems) {
        return new TidelineException(ArchiveError.INVALID_ARCHIVE_RULE, problems.size()
                + (problems.size() == 1 ? " problem" : " problems") + " in the archive rule", problems);
    }

    private static @Nullable Duration maxAge(JsonNode given, List<Problem> problems) {
        if (given.isMissingNode() || given.isNull()) {
            return null;
        }
        try {
            return Duration.parse(given.asString("").toUpperCase(Locale.ROOT));
        } catch (DateTimeException unreadable) {
            problems.add(new Problem("WRONG_TYPE", "/maxAge", given.toString(), "a duration, as P30D or PT12H"));
            return null;
        }
    }

    private static SortedMap<String, Redaction> redact(JsonNode given, List<Problem> problems) {
        SortedMap<String, Redaction> redact = new TreeMap<>();
        if (!given.isMissingNode() && !given.isObject()) {
            problems.add(new Problem("WRONG_TYPE", "/redact", given.toString(), "an object of feature to DROP or HASH"));
            return redact;
        }
        for (var field : given.properties()) {
            Arrays.stream(Redaction.values()).filter(redaction -> redaction.name().equals(field.getValue().asString("")))
                    .findFirst().ifPresentOrElse(redaction -> redact.put(field.getKey(), redaction), () -> problems.add(new Problem(
                            "WRONG_TYPE", "/redact/" + field.getKey(), field.getValue().toString(), "DROP or HASH")));
        }
        return redact;
    }
}
