package dev.tideline.inference.configuration;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What is served, with {@code tideline.inference.source.kind=directory}.
 *
 * @param name           of the only model, when there is no file
 * @param basePath       its folder, with versions as children; or {@code s3://bucket/folder}
 * @param configFile     TensorFlow Serving's model config, for more than one model; wins over the two above
 * @param configFilePoll how often that file is read again; 0: never
 */
@Validated
@ConfigurationProperties("tideline.inference.models")
record ModelsProperties(
        @DefaultValue("default") @NotBlank String name,
        @Nullable String basePath,
        @Nullable Path configFile,
        @DefaultValue("0s") @NotNull Duration configFilePoll) {}
