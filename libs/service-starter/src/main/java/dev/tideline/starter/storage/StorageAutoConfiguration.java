package dev.tideline.starter.storage;

import dev.tideline.storage.LocalFiles;
import dev.tideline.storage.Storage;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** The storage root, checked at start. */
@AutoConfiguration
@EnableConfigurationProperties(StorageProperties.class)
final class StorageAutoConfiguration {

    @Bean
    Storage storage(StorageProperties properties) {
        return StorageCheck.checked(StorageChoice.open(properties), properties.startWait());
    }

    @Bean
    LocalFiles localFiles(StorageProperties properties, Storage storage, InstantSource clock) {
        return StorageChoice.local(properties, storage, clock);
    }

    @Bean
    StorageHealth storageHealthIndicator(Storage storage) {
        return new StorageHealth(storage);
    }
}
