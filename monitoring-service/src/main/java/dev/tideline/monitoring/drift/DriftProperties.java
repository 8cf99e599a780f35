package dev.tideline.monitoring.drift;

import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Positive;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When a difference counts as drift.
 *
 * @param falseDiscoveryRate accepted share of false alarms among alarms, over all features of a window
 * @param warn               debiased PSI from which a real difference is a warning
 * @param alert              debiased PSI from which it is drift
 * @param major              debiased PSI from which one window is enough to call it major
 * @param minRows            windows with fewer rows are not judged
 * @param alertRows          windows with fewer rows warn at most
 * @param share              share of drifting inputs, weighted by importance, from which the window as a whole drifts
 * @param warmUpWindows      first windows of a version in which differences are a skew between training and serving, and no drift
 * @param importance         weights of inputs by model name, instead of those that training found; inputs of a model that names some weigh 0 unless named
 */
@Validated
@ConfigurationProperties("tideline.monitoring.drift")
record DriftProperties(
        @DefaultValue("0.005") @Positive @DecimalMax("1") double falseDiscoveryRate,
        @DefaultValue("0.05") @Positive double warn,
        @DefaultValue("0.10") @Positive double alert,
        @DefaultValue("0.25") @Positive double major,
        @DefaultValue("200") @Min(1) int minRows,
        @DefaultValue("500") @Min(1) int alertRows,
        @DefaultValue("0.3") @Positive @DecimalMax("1") double share,
        @DefaultValue("1") @Min(0) int warmUpWindows,
        @DefaultValue Map<String, Map<String, Double>> importance) {

    static DriftProperties defaults() {
        return new DriftProperties(0.005, 0.05, 0.10, 0.25, 200, 500, 0.3, 1, Map.of());
    }
}
