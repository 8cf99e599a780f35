package dev.tideline.inference.admission;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who is let in.
 *
 * @param maxInFlight requests that may be in work at the same time, over all models; more are refused with 429
 * @param minInFlight what the adaptive limit of a version never falls below
 * @param targetWait  mean wait for a run above which the limit of a version falls, so that a queue cannot stay long; 0: no adaptive limit
 * @param stopDelay   how long a stopping service answers on, with its readiness off, before it refuses: time for balancers to notice
 */
@Validated
@ConfigurationProperties("tideline.inference.admission")
record AdmissionProperties(
        @DefaultValue("2000") @Min(1) int maxInFlight,
        @DefaultValue("16") @Min(1) int minInFlight,
        @DefaultValue("100ms") @NotNull Duration targetWait,
        @DefaultValue("0s") @NotNull Duration stopDelay) {}
