package dev.tideline.inference.predictionlog;

import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Files of logged predictions.
 *
 * @param folder   of one process
 * @param size     at which a file is whole and the next one begins
 * @param interval after which a file is whole, however small
 * @param total    beyond which the oldest whole files are deleted
 */
record FileProperties(
        @DefaultValue("prediction-log") @NotNull Path folder,
        @DefaultValue("64MB") @NotNull DataSize size,
        @DefaultValue("1m") @NotNull Duration interval,
        @DefaultValue("1GB") @NotNull DataSize total) {}
