package dev.tideline.ingest.sealing;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how often rules are looked at
 * @param lease how long one instance may take over a version before another may try
 * @param retry pause before a rule that could not be carried out is tried again
 */
@ConfigurationProperties("tideline.ingest.sealing")
record SealingProperties(
        @DefaultValue("1s") Duration every,
        @DefaultValue("2m") Duration lease,
        @DefaultValue("30s") Duration retry) {}
