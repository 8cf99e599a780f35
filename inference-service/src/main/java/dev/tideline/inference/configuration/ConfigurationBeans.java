package dev.tideline.inference.configuration;

import dev.tideline.inference.servable.ServableManager;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Serving by configuration, for a service that does not follow Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ModelsProperties.class)
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "directory")
class ConfigurationBeans {

    @Bean
    CurrentConfiguration currentConfiguration(ModelsProperties properties) {
        return new CurrentConfiguration(first(properties));
    }

    private static ServingConfiguration first(ModelsProperties properties) {
        Path file = properties.configFile();
        String basePath = properties.basePath();
        if (file != null) {
            return ConfigurationFile.read(file);
        }
        return basePath == null ? ServingConfiguration.none() : ServingConfiguration.of(List.of(new ServedModel(
                properties.name(), basePath(basePath), VersionSelection.LATEST, new TreeMap<>())));
    }

    private static BasePath basePath(String text) {
        return BasePath.parse(text.contains(":") ? text : Path.of(text).toAbsolutePath().toString());
    }

    /** Null when there is no file. */
    @Bean(destroyMethod = "close")
    @ConditionalOnProperty("tideline.inference.models.config-file")
    @Nullable ConfigurationFile configurationFile(ModelsProperties properties, CurrentConfiguration current) {
        Path file = properties.configFile();
        return file == null ? null : new ConfigurationFile(file, current.get(), current, properties.configFilePoll());
    }

    @Bean
    ConfigurationReload configurationReload(CurrentConfiguration current, ServableManager servables) {
        return new ConfigurationReload(current, servables);
    }
}
