package dev.tideline.ingest.dataset;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down when a dataset's topic is gone or another one. No part of readiness: all other datasets go on. */
@Component("datasetTopicsHealthIndicator")
final class TopicHealth implements HealthIndicator {

    private final TopicWatch watch;

    TopicHealth(TopicWatch watch) {
        this.watch = watch;
    }

    @Override
    public Health health() {
        Map<String, String> obstacles = watch.obstacles();
        return (obstacles.isEmpty() ? Health.up() : Health.down()).withDetails(new TreeMap<>(obstacles)).build();
    }
}
