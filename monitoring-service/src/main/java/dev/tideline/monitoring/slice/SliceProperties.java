package dev.tideline.monitoring.slice;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * For which parts of the traffic windows and accuracy are kept beside those of all of it.
 *
 * @param features categorical features by model name; {@code [*]} for models that are not named
 * @param values   most frequent training values of each such feature that make a slice
 */
@Validated
@ConfigurationProperties("tideline.monitoring.slice")
record SliceProperties(
        @DefaultValue Map<String, List<String>> features,
        @DefaultValue("20") @Min(1) @Max(200) int values) {}
