package dev.tideline.starter.observe;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.springframework.boot.EnvironmentPostProcessor;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.support.ResourcePropertySource;

/** Adds {@code tideline-defaults.properties} below everything else, so that a service's own file names only what differs. */
final class SharedDefaults implements EnvironmentPostProcessor {

    static final String NAME = "tideline-defaults";

    @Override
    public void postProcessEnvironment(ConfigurableEnvironment environment, SpringApplication application) {
        try {
            environment.getPropertySources().addLast(
                    new ResourcePropertySource(NAME, new ClassPathResource("tideline-defaults.properties", getClass())));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
