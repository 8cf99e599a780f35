package dev.tideline.starter.storage;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where shards, dataset versions and models live. All services see the same folder.
 *
 * @param root made at start when missing; must be writable
 */
@ConfigurationProperties("tideline.storage")
public record StorageProperties(@DefaultValue("data/storage") Path root) {

    public StorageProperties {
        root = root.toAbsolutePath().normalize();
    }
}
