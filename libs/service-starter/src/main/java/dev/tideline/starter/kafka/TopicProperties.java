package dev.tideline.starter.kafka;

import jakarta.validation.constraints.Min;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * How topics are made that do not exist yet.
 *
 * @param create     whether to make them at all
 * @param partitions partitions of a new topic; predictions and outcomes are joined by partition and get the same
 * @param replicas   copies of each partition; -1 for the broker's own default
 */
@Validated
@ConfigurationProperties("tideline.topics")
record TopicProperties(
        @DefaultValue("true") boolean create,
        @DefaultValue("3") @Min(1) int partitions,
        @DefaultValue("-1") short replicas) {}
