package dev.tideline.starter.error;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param typeBase what {@code type} of a problem starts with; the code follows
 */
@ConfigurationProperties("tideline.errors")
record ErrorProperties(@DefaultValue("https://tideline.dev/docs/reference/errors.md#") String typeBase) {}
