package dev.tideline.monitoring.retraining;

import dev.tideline.contracts.Problem;
import dev.tideline.starter.error.TidelineException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads a policy from JSON. What is absent takes the default; what is not known is a mistake. */
@Component
final class PolicyReader {

    private final JsonMapper json;

    PolicyReader(JsonMapper json) {
        this.json = json;
    }

    /** @throws TidelineException with all problems */
    RetrainingPolicy read(JsonNode given) {
        ObjectNode merged = json.valueToTree(RetrainingPolicy.defaults());
        List<Problem> problems = new ArrayList<>();
        merge(merged, given, "", problems);
        followWindows(merged, given);
        followRows(merged, given);
        if (problems.isEmpty()) {
            try {
                RetrainingPolicy policy = json.treeToValue(merged, RetrainingPolicy.class);
                problems.addAll(PolicyCheck.problems(policy));
                if (problems.isEmpty()) {
                    return policy;
                }
            } catch (MismatchedInputException mismatch) {
                problems.add(new Problem("WRONG_TYPE", pointer(mismatch), merged.at(pointer(mismatch)).toString(),
                        mismatch.getTargetType() == null ? "another type" : mismatch.getTargetType().getSimpleName()));
            } catch (JacksonException unreadable) {
                problems.add(new Problem("WRONG_TYPE", "", given.toString(), "a policy: " + unreadable.getOriginalMessage()));
            }
        }
        throw new TidelineException(RetrainingError.INVALID_POLICY, problems.size()
                + (problems.size() == 1 ? " problem" : " problems") + " in the policy", problems);
    }

    /** A rest of more rows than the default limit of the doubling raises that limit. */
    private static void followRows(ObjectNode merged, JsonNode given) {
        JsonNode rows = given.path("cooldown").path("rows");
        if (rows.isIntegralNumber() && !given.path("cooldown").has("maxRows")) {
            ObjectNode cooldown = (ObjectNode) merged.get("cooldown");
            cooldown.put("maxRows", Math.max(rows.longValue(), cooldown.get("maxRows").longValue()));
        }
    }

    /** A policy that was checked when it was stored; what it did not know then takes the default. */
    RetrainingPolicy stored(String text) {
        ObjectNode merged = json.valueToTree(RetrainingPolicy.defaults());
        merge(merged, json.readTree(text), "", new ArrayList<>());
        return json.treeToValue(merged, RetrainingPolicy.class);
    }

    /** Windows that are given alone are windows in a row. */
    private static void followWindows(ObjectNode merged, JsonNode given) {
        for (String part : List.of("dataDrift", "predictionDrift")) {
            JsonNode drift = given.path(part);
            if (drift.has("windows") && !drift.has("of")) {
                ((ObjectNode) merged.get(part)).set("of", drift.get("windows"));
            }
        }
    }

    private static void merge(ObjectNode target, JsonNode given, String pointer, List<Problem> problems) {
        if (!given.isObject()) {
            problems.add(new Problem("WRONG_TYPE", pointer, given.toString(), "an object"));
            return;
        }
        for (var field : given.properties()) {
            String at = pointer + "/" + field.getKey();
            JsonNode known = target.get(field.getKey());
            if (known == null) {
                problems.add(new Problem("UNKNOWN_FIELD", at, field.getValue().toString(),
                        "one of " + String.join(", ", target.propertyNames())));
            } else if (known instanceof ObjectNode part) {
                merge(part, field.getValue(), at, problems);
            } else if (field.getValue().isNull() && !known.isNull()) {
                problems.add(new Problem("WRONG_TYPE", at, "null", "a value, or leave it out for the default"));
            } else {
                target.set(field.getKey(), field.getValue());
            }
        }
    }

    private static String pointer(JacksonException failure) {
        StringBuilder pointer = new StringBuilder();
        failure.getPath().forEach(step -> pointer.append('/')
                .append(step.getPropertyName() == null ? Integer.toString(step.getIndex()) : step.getPropertyName()));
        return pointer.toString();
    }
}
