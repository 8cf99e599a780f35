package dev.tideline.ingest.retention;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param every how often policies are applied
 * @param grace age that a version must have before it is given up, since somebody may be training on it
 */
@ConfigurationProperties("tideline.ingest.retention")
record RetentionProperties(@DefaultValue("10m") Duration every, @DefaultValue("24h") Duration grace) {}
