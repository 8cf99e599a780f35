package dev.tideline.monitoring.lineage;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where lineage is asked for.
 *
 * @param ingestUrl      base address of ingest-service
 * @param trainingUrl    base address of training-service
 * @param apiKey         what both ask for; this service's own {@code tideline.security.api-key} when not set, nothing without both
 * @param connectTimeout for a connection
 * @param readTimeout    for an answer; what does not come in time is told as a gap
 */
@Validated
@ConfigurationProperties("tideline.monitoring.lineage")
record LineageProperties(
        @DefaultValue("http://127.0.0.1:8510") URI ingestUrl,
        @DefaultValue("http://127.0.0.1:8520") URI trainingUrl,
        @Nullable String apiKey,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration readTimeout) {

    boolean hasKey() {
        return apiKey != null && !apiKey.isBlank();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "LineageProperties[ingestUrl=" + ingestUrl + ", trainingUrl=" + trainingUrl + ", apiKey=" + (hasKey() ? "set" : "absent") + "]";
    }
}
