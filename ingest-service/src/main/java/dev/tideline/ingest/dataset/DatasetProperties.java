package dev.tideline.ingest.dataset;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * @param partitions    partitions of a new dataset's topic
 * @param refresh       how often the copy of the catalogue is renewed
 * @param brokerTimeout how long a declaration waits for Kafka
 * @param sampleRows    rows of a sample that schema inference looks at
 * @param sampleSize    bytes that those rows may have
 * @param topicCheck    how often the topics are compared with those that the stored offsets belong to
 */
@Validated
@ConfigurationProperties("tideline.ingest.dataset")
record DatasetProperties(
        @DefaultValue("3") @Min(1) @Max(1000) int partitions,
        @DefaultValue("1s") Duration refresh,
        @DefaultValue("10s") Duration brokerTimeout,
        @DefaultValue("10000") @Min(1) int sampleRows,
        @DefaultValue("64MB") DataSize sampleSize,
        @DefaultValue("10s") Duration topicCheck) {}
