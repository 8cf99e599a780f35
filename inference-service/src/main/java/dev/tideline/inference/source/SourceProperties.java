package dev.tideline.inference.source;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param kind     where the wish for versions comes from
 * @param poll     how long one look at the topic waits for news
 * @param retry    pause after the broker failed to answer
 * @param instance name of this process in deployment events
 */
@Validated
@ConfigurationProperties("tideline.inference.source")
record SourceProperties(
        @DefaultValue("topic") @NotNull Kind kind,
        @DefaultValue("500ms") @NotNull Duration poll,
        @DefaultValue("2s") @NotNull Duration retry,
        @DefaultValue("inference-service") @NotBlank String instance) {

    /** {@code TOPIC}: {@code tideline.model-versions}. {@code DIRECTORY}: base paths, without Kafka. */
    enum Kind { TOPIC, DIRECTORY }
}
