package dev.tideline.inference.admission;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * @param maxInFlight requests that may be in work at the same time, over all models; more are refused with 429
 */
@Validated
@ConfigurationProperties("tideline.inference.admission")
record AdmissionProperties(@DefaultValue("2000") @Min(1) int maxInFlight) {}
