package dev.tideline.inference.source;

import dev.tideline.inference.configuration.CurrentConfiguration;
import dev.tideline.inference.servable.ServableManager;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Versions from folders instead of from Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(DirectoryProperties.class)
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "directory")
class DirectoryConfiguration {

    @Bean
    DirectorySource directorySource(
            CurrentConfiguration configuration, ServableManager servables, DirectoryProperties properties, InstantSource clock) {
        return new DirectorySource(configuration, servables, properties, clock);
    }

    @Bean("modelVersions")
    DirectoryHealth modelVersions(CurrentConfiguration configuration, DirectorySource source, ServableManager servables) {
        return new DirectoryHealth(configuration, source, servables);
    }
}
