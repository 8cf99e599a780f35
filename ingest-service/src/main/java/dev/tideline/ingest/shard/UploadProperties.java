package dev.tideline.ingest.shard;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Used with a bucket as storage root.
 *
 * @param threads  files that go up at a time
 * @param handOver how long partitions that go to another instance wait for their uploads; what is not up by then is read again there
 */
@Validated
@ConfigurationProperties("tideline.ingest.upload")
record UploadProperties(@DefaultValue("4") @Min(1) @Max(64) int threads, @DefaultValue("10s") Duration handOver) {}
