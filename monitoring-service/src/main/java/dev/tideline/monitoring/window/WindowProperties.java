package dev.tideline.monitoring.window;

import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * When windows of predictions close.
 *
 * @param rows      a window closes with the chunk that reaches this many predictions
 * @param time      it closes when its event times span this long, or this long after its first prediction arrived
 * @param grace     a prediction further behind the newest one of its partition is late: counted in the window that is open, as late too,
 *                  without stretching the time it covers
 * @param chunkRows predictions gathered per partition before they are merged into the window
 * @param chunkTime longest wait for a chunk to fill
 */
@Validated
@ConfigurationProperties("tideline.monitoring.window")
record WindowProperties(
        @DefaultValue("500") @Min(1) int rows,
        @DefaultValue("60m") Duration time,
        @DefaultValue("5m") Duration grace,
        @DefaultValue("50") @Min(1) int chunkRows,
        @DefaultValue("500ms") Duration chunkTime) {}
