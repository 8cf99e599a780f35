package dev.tideline.monitoring.window;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Closed windows with their verdicts.
 *
 * @param keep how long after its verdict a window is kept; the first windows of a version that still answers are kept as long as it does,
 *             because later ones are compared with them
 */
@Validated
@ConfigurationProperties("tideline.monitoring.window-history")
record WindowHistoryProperties(@DefaultValue("90d") Duration keep) {}
