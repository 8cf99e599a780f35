package dev.tideline.inference.rest;

import dev.tideline.inference.servable.VersionChoice;
import dev.tideline.inference.status.StatusException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.web.util.UriUtils;

/** What a method and a path ask for. Paths are matched as they came, still encoded: names may contain slashes and colons. */
sealed interface RestCall {

    record Predict(String model, VersionChoice version) implements RestCall {}

    record Classify(String model, VersionChoice version) implements RestCall {}

    record Regress(String model, VersionChoice version) implements RestCall {}

    record Status(String model, VersionChoice version) implements RestCall {}

    record Metadata(String model, VersionChoice version) implements RestCall {}

    Pattern PATH = Pattern.compile(
            "/v1/models/(?<model>[^/:]+)(?:/versions/(?<version>\\d+)|/labels/(?<label>[^/:]+))?(?<action>:[a-z]+|/metadata)?",
            Pattern.CASE_INSENSITIVE);

    /**
     * @param path undecoded, without the query
     * @throws StatusException INVALID_ARGUMENT
     */
    static RestCall parse(String method, String path) {
        boolean get = method.equals("GET");
        if (get && path.equalsIgnoreCase("/v1/models")) {
            throw StatusException.invalid("Missing model name in request.");
        }
        Matcher matcher = PATH.matcher(path);
        if (!matcher.matches()) {
            throw malformed(method, path);
        }
        String model;
        VersionChoice version;
        try {
            model = UriUtils.decode(matcher.group("model"), StandardCharsets.UTF_8);
            version = choice(matcher);
        } catch (IllegalArgumentException e) {
            // A percent sign without two hexadecimal digits.
            throw malformed(method, path);
        }
        String action = matcher.group("action") == null ? "" : matcher.group("action").toLowerCase(Locale.ROOT);
        return switch (method + " " + action) {
            case "GET " -> new Status(model, version);
            case "GET /metadata" -> new Metadata(model, version);
            case "POST :predict" -> new Predict(model, version);
            case "POST :classify" -> new Classify(model, version);
            case "POST :regress" -> new Regress(model, version);
            default -> throw malformed(method, path);
        };
    }

    private static VersionChoice choice(Matcher matcher) {
        String version = matcher.group("version");
        String label = matcher.group("label");
        try {
            return version != null ? new VersionChoice.Exact(Long.parseLong(version))
                    : label != null ? new VersionChoice.Labelled(UriUtils.decode(label, StandardCharsets.UTF_8))
                    : new VersionChoice.Default();
        } catch (NumberFormatException e) {
            throw StatusException.invalid("Failed to convert version: " + version + " to numeric.");
        }
    }

    private static StatusException malformed(String method, String path) {
        return StatusException.invalid("Malformed request: " + method + " " + path);
    }
}
