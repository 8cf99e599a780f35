package dev.tideline.inference.rest;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The REST door.
 *
 * @param timeout how long a prediction may take
 * @param maxBody largest request body, after inflating
 * @param cors    whether pages of any origin may call it, as TensorFlow Serving lets them when asked to
 */
@Validated
@ConfigurationProperties("tideline.inference.rest")
record RestProperties(@DefaultValue("30s") @NotNull Duration timeout, @DefaultValue("100MB") @NotNull DataSize maxBody,
        @DefaultValue("false") boolean cors) {}
