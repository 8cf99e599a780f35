package dev.tideline.inference.source;

import dev.tideline.inference.configuration.CurrentConfiguration;
import dev.tideline.inference.servable.ServableManager;
import dev.tideline.starter.storage.StorageProperties;
import dev.tideline.storage.Storages;
import java.time.InstantSource;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Versions from folders instead of from Kafka. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({DirectoryProperties.class, StorageProperties.class})
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "directory")
class DirectoryConfiguration {

    @Bean
    DirectorySource directorySource(
            CurrentConfiguration configuration, ServableManager servables, BucketCopies copies, DirectoryProperties properties,
            InstantSource clock) {
        return new DirectorySource(configuration, servables, copies, properties, clock);
    }

    @Bean
    BucketCopies bucketCopies(
            CurrentConfiguration configuration, DirectoryProperties properties, StorageProperties storage, InstantSource clock) {
        return new BucketCopies(configuration, new BucketFolders(bucket -> Storages.open(bucket, storage.s3().settings(), storage.drafts()),
                storage.copies().folder().resolve("bases"), properties.settle(), clock), properties.poll());
    }

    @Bean("modelVersions")
    DirectoryHealth modelVersions(CurrentConfiguration configuration, DirectorySource source, ServableManager servables) {
        return new DirectoryHealth(configuration, source, servables);
    }
}
