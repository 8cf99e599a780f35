package dev.tideline.training.dataset;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How ingest-service is reached.
 *
 * @param url            its base address
 * @param apiKey         what ingest-service asks for; this service's own {@code tideline.security.api-key} when not set, nothing without both
 * @param connectTimeout for a connection
 * @param readTimeout    for an answer; sealing a version flushes open shards first
 * @param attempts       tries before a job fails because ingest-service does not answer
 * @param pause          between two tries
 */
@Validated
@ConfigurationProperties("tideline.training.ingest")
record IngestProperties(
        @DefaultValue("http://127.0.0.1:8510") URI url,
        @Nullable String apiKey,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("60s") Duration readTimeout,
        @DefaultValue("10") @Min(1) @Max(1_000) int attempts,
        @DefaultValue("2s") Duration pause) {

    boolean hasKey() {
        return apiKey != null && !apiKey.isBlank();
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "IngestProperties[url=" + url + ", apiKey=" + (hasKey() ? "set" : "absent") + "]";
    }
}
