package dev.tideline.monitoring.pipeline;

import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The stream processing.
 *
 * @param applicationId names the consumer group and the internal topics; instances that share it share the work
 * @param instance      name of this instance among those that share the work, the same after each restart: when it is killed and comes back within
 *                      10 seconds it has its work again at once. Two instances of one name push each other out. Without, a killed one
 *                      is first missed for that long
 * @param stateDir      local copy of the state; lost, it is rebuilt from Kafka
 * @param threads       processing threads of this instance
 * @param memory        RocksDB memory for all state stores together
 * @param restartAfter  pause before a failed topology is started again; doubles up to {@code restartAtMost}
 * @param restartAtMost longest such pause
 */
@Validated
@ConfigurationProperties("tideline.monitoring.streams")
record StreamsProperties(
        @DefaultValue("tideline-monitoring") @NotBlank String applicationId,
        @Nullable String instance,
        @DefaultValue("data/monitoring-state") Path stateDir,
        @DefaultValue("2") @Min(1) int threads,
        @DefaultValue("64MB") DataSize memory,
        @DefaultValue("1s") Duration restartAfter,
        @DefaultValue("30s") Duration restartAtMost) {}
