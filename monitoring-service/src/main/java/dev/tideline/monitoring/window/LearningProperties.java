package dev.tideline.monitoring.window;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Baselines of model versions that were trained elsewhere and have no manifest in the model store.
 *
 * @param rows     the first predictions of such a version that become its baseline; 0 leaves such versions unwatched
 * @param versions most versions that are learnt at the same time in one partition; predictions of more are counted as unknown
 */
@Validated
@ConfigurationProperties("tideline.monitoring.baseline")
record LearningProperties(
        @DefaultValue("2000") @Min(0) int rows,
        @DefaultValue("20") @Min(1) int versions) {}
