package dev.tideline.inference.source;

import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Versions from folders, with {@code tideline.inference.source.kind=directory}.
 *
 * @param poll   how often base paths are looked at; 0: at the start, and when the configuration changes
 * @param settle how long a folder without a manifest must have been left alone before it counts as whole
 */
@Validated
@ConfigurationProperties("tideline.inference.directory")
record DirectoryProperties(@DefaultValue("1s") @NotNull Duration poll, @DefaultValue("2s") @NotNull Duration settle) {}
