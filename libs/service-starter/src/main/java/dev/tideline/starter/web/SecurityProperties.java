package dev.tideline.starter.web;

import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Who may talk to a service that listens beyond loopback.
 *
 * @param apiKey      asked for as {@code Authorization: Bearer} on every request except health; nobody is asked when absent
 * @param openNetwork listen beyond loopback without a key, because something in front of the service decides
 */
@Validated
@ConfigurationProperties("tideline.security")
record SecurityProperties(
        @Nullable @Size(min = 16, max = 1024, message = "length must be 16 to 1024") String apiKey,
        @DefaultValue("false") boolean openNetwork) {

    boolean hasKey() {
        return apiKey != null && !apiKey.isBlank();
    }

    @Override
    public String toString() {
        return "SecurityProperties[apiKey=" + (hasKey() ? "set" : "absent") + ", openNetwork=" + openNetwork + "]";
    }
}
