package dev.tideline.monitoring.outcome;

import dev.tideline.monitoring.detector.Detector;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How labels are waited for.
 *
 * @param retention      how long a prediction waits for its label; later labels are counted as unknown
 * @param earlyRetention how long a label waits for its prediction
 * @param accuracyRows   labels per window of accuracy
 * @param accuracyTime   such a window closes this long after its first label came, however few there are
 * @param detector       watches the errors of each model version; another choice takes effect for versions not seen before
 * @param countInterval  pause between two reports of totals
 * @param ackTimeout     longest wait for Kafka to store the outcomes of one request
 * @param maxBatch       outcomes accepted in one HTTP request
 */
@Validated
@ConfigurationProperties("tideline.monitoring.outcome")
record OutcomeProperties(
        @DefaultValue("28d") Duration retention,
        @DefaultValue("1h") Duration earlyRetention,
        @DefaultValue("500") @Min(1) int accuracyRows,
        @DefaultValue("24h") Duration accuracyTime,
        @DefaultValue("HDDM_A") Detector detector,
        @DefaultValue("500ms") Duration countInterval,
        @DefaultValue("10s") Duration ackTimeout,
        @DefaultValue("10000") @Min(1) int maxBatch) {}
