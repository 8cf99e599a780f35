package dev.tideline.starter.storage;

import dev.tideline.storage.Storage;
import java.io.IOException;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/** Whether the storage root answers. No part of readiness by itself: what a service can do without it, it does. */
final class StorageHealth implements HealthIndicator {

    private final Storage storage;

    StorageHealth(Storage storage) {
        this.storage = storage;
    }

    @Override
    public Health health() {
        try {
            storage.probe();
            return Health.up().withDetail("root", storage.location()).build();
        } catch (IOException failure) {
            return Health.down().withDetail("root", storage.location()).withDetail("error", String.valueOf(failure.getMessage())).build();
        }
    }
}
