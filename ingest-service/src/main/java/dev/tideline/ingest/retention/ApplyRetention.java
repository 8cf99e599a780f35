package dev.tideline.ingest.retention;

import dev.tideline.ingest.version.Versions;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Applies every dataset's policy from time to time. One dataset's failure does not keep the others from their turn. */
@Service
final class ApplyRetention {

    private static final Logger log = LoggerFactory.getLogger(ApplyRetention.class);

    private final JdbcRetention retention;
    private final Versions versions;
    private final RetentionProperties properties;
    private final InstantSource clock;
    private final MeterRegistry meters;

    ApplyRetention(JdbcRetention retention, Versions versions, RetentionProperties properties, InstantSource clock, MeterRegistry meters) {
        this.retention = retention;
        this.versions = versions;
        this.properties = properties;
        this.clock = clock;
        this.meters = meters;
    }

    @Scheduled(fixedDelayString = "${tideline.ingest.retention.every:10m}", initialDelayString = "${tideline.ingest.retention.every:10m}")
    void applyAll() {
        try {
            versions.removeExpiredPins();
            retention.all().forEach(this::applyOrLog);
        } catch (RuntimeException unavailable) {
            log.warn("Retention waits: {}", unavailable.toString());
        }
    }

    private void applyOrLog(String dataset, RetentionPolicy policy) {
        try {
            apply(dataset, policy);
        } catch (RuntimeException failure) {
            log.warn("Retention of dataset {} failed and is tried again: {}", dataset, failure.toString());
        }
    }

    /** What {@link #apply} would do with the versions now. */
    List<RetentionPlan.Fate> plan(String dataset, RetentionPolicy policy, Instant now) {
        return RetentionPlan.of(versions.kept(dataset), policy, now, properties.grace());
    }

    void apply(String dataset, RetentionPolicy policy) {
        Instant now = clock.instant();
        for (RetentionPlan.Fate fate : plan(dataset, policy, now).reversed()) {
            if (fate.retire() && versions.retire(dataset, fate.version())) {
                meters.counter("tideline.ingest.versions.retired", "dataset", dataset).increment();
                log.info("Retired version {} of dataset {}: {}", fate.version(), dataset, fate.reason());
            }
        }
        Duration age = policy.maxAge();
        int dropped = age == null ? 0 : retention.dropShards(dataset, now.minus(age));
        if (dropped > 0) {
            meters.counter("tideline.ingest.shards.dropped", "dataset", dataset).increment(dropped);
            log.info("Dropped {} shards of dataset {} that are older than {}", dropped, dataset, age);
        }
    }
}
