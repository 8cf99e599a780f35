package dev.tideline.inference.source;

import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.stereotype.Component;

/** Ready once the whole topic was read: before that, nobody can know which versions should be served. */
@Component("modelVersions")
@ConditionalOnProperty(name = "tideline.inference.source.kind", havingValue = "topic", matchIfMissing = true)
final class SourceHealth implements HealthIndicator {

    private final TopicSource source;

    SourceHealth(TopicSource source) {
        this.source = source;
    }

    @Override
    public Health health() {
        return source.caughtUp() ? Health.up().build()
                : Health.down().withDetail("error", "tideline.model-versions is not read yet (expected: read once to its end)").build();
    }
}
