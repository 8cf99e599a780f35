package dev.tideline.starter.storage;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The storage root, checked at start. */
@AutoConfiguration
@EnableConfigurationProperties(StorageProperties.class)
final class StorageAutoConfiguration {

    @Bean
    StorageCheck storageCheck(StorageProperties properties) {
        return new StorageCheck(properties.root());
    }
}
