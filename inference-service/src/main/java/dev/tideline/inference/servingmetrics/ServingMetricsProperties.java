package dev.tideline.inference.servingmetrics;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * @param path where metrics are under TensorFlow Serving's names, on the HTTP port; nowhere when absent
 */
@ConfigurationProperties("tideline.inference.serving-metrics")
record ServingMetricsProperties(@Nullable String path) {}
