package dev.tideline.inference.predictionlog;

import dev.tideline.storage.LocalFiles;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * The log of what was asked and answered.
 *
 * @param enabled       whether predictions are logged at all
 * @param sink          where to
 * @param sampleRate    share of the requests that are logged, 0 to 1
 * @param sampleRates   the same by model, for models that differ
 * @param redact        names of features that are left out, outputs as {@code output/name}
 * @param bufferMemory  tensors that may wait for the log's thread; what comes on top is dropped and counted
 * @param flush         how long a stopping service tries to send what waits
 * @param brokerTimeout how long a record may wait for Kafka before it goes to the spool
 * @param spoolFolder   where records wait on disk while the broker is away; several instances may share it. Absent: a folder
 *                      {@code inference/prediction-spool} under the storage root, or under the copies of a bucket
 * @param spoolSize     most bytes there; 0: what the broker does not take is dropped
 * @param file          files, with sink {@code file}
 */
@Validated
@ConfigurationProperties("tideline.inference.prediction-log")
record PredictionLogProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("kafka") @NotNull Sink sink,
        @DefaultValue("1") @DecimalMin("0") @DecimalMax("1") double sampleRate,
        @DefaultValue Map<String, @DecimalMin("0") @DecimalMax("1") Double> sampleRates,
        @DefaultValue({}) Set<String> redact,
        @DefaultValue("32MB") @NotNull DataSize bufferMemory,
        @DefaultValue("5s") @NotNull Duration flush,
        @DefaultValue("10s") @NotNull Duration brokerTimeout,
        @Nullable Path spoolFolder,
        @DefaultValue("256MB") @NotNull DataSize spoolSize,
        @DefaultValue @Valid @NestedConfigurationProperty FileProperties file) {

    /** {@code KAFKA}: topic {@code tideline.predictions}. {@code FILE}: TFRecord files. */
    enum Sink { KAFKA, FILE }

    /** @param files absent where the service runs without a store */
    Path spool(@Nullable LocalFiles files) {
        if (spoolFolder != null) {
            return spoolFolder;
        }
        Path root = files == null ? Path.of(System.getProperty("java.io.tmpdir")) : files.scratch();
        return root.resolve("inference/prediction-spool");
    }
}
