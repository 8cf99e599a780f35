package dev.tideline.platform.stack;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Requests to the platform's services. They carry the API key that the services inherit from this process. */
public final class ServiceRequest {

    static final String KEY = "TIDELINE_SECURITY_API_KEY";

    private ServiceRequest() {}

    /** A request to {@code uri}, to be completed. */
    public static HttpRequest.Builder to(URI uri) {
        return to(uri, System.getenv(KEY));
    }

    /** {@code text} as one part of a path. */
    public static String segment(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static HttpRequest.Builder to(URI uri, @Nullable String key) {
        var request = HttpRequest.newBuilder(uri);
        return key == null || key.isBlank() ? request : request.header("Authorization", "Bearer " + key);
    }
}
