package dev.tideline.ingest.retention;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.tideline.contracts.Problem;
import dev.tideline.starter.error.TidelineException;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * How much of a dataset is kept: {@code {"keepVersions":10,"maxAge":"P30D"}}.
 *
 * @param keepVersions newest versions that are kept; null keeps all
 * @param maxAge       age in event time beyond which records are given up that no kept version needs; null keeps all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record RetentionPolicy(@Nullable Integer keepVersions, @Nullable Duration maxAge) {

    static RetentionPolicy read(JsonNode body) {
        List<Problem> problems = new ArrayList<>();
        RetentionPolicy policy = new RetentionPolicy(versions(body.path("keepVersions"), problems), age(body.path("maxAge"), problems));
        for (String name : body.propertyNames()) {
            if (!name.equals("keepVersions") && !name.equals("maxAge")) {
                problems.add(new Problem("UNKNOWN_FIELD", "/" + name, body.path(name).toString(), "keepVersions or maxAge"));
            }
        }
        if (!problems.isEmpty()) {
            throw new TidelineException(RetentionError.INVALID_RETENTION, "the retention policy cannot be read", problems);
        }
        return policy;
    }

    private static @Nullable Integer versions(JsonNode node, List<Problem> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        if (node.isIntegralNumber() && node.canConvertToInt() && node.intValue() > 0) {
            return node.intValue();
        }
        problems.add(new Problem("INVALID_RETENTION", "/keepVersions", node.toString(), "an integer above 0"));
        return null;
    }

    private static @Nullable Duration age(JsonNode node, List<Problem> problems) {
        if (node.isMissingNode() || node.isNull()) {
            return null;
        }
        try {
            Duration age = Duration.parse(node.asString(""));
            if (age.compareTo(Duration.ofSeconds(1)) >= 0) {
                return age;
            }
        } catch (DateTimeException unreadable) {
            // Reported like an age that is too short.
        }
        problems.add(new Problem("INVALID_RETENTION", "/maxAge", node.toString(), "an ISO-8601 duration of a second or more, such as P30D"));
        return null;
    }
}
