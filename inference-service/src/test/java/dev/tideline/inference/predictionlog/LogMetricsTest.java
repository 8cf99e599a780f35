package dev.tideline.inference.predictionlog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class LogMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final LogMetrics metrics = new LogMetrics(registry);

    private void count(ServableId id) {
        metrics.logged(id);
        metrics.spooled(id);
        metrics.dropped(id, LogMetrics.Reason.BUFFER, 2);
        metrics.dropped(id, LogMetrics.Reason.DISK, 3);
    }

    @Test
    void aHundredVersionsLeaveTheCountersOfOne() {
        count(new ServableId("b", 1));
        for (int version = 1; version <= 100; version++) {
            count(new ServableId("a", version));
            metrics.changed(new ServableId("a", version), new VersionState.End(StatusCode.OK, ""));
        }

        assertThat(registry.getMeters()).hasSize(8).allSatisfy(meter ->
                assertThat(meter.getId().getTag("version")).isEqualTo(meter.getId().getTag("model").equals("a") ? "100" : "1"));
    }

    @Test
    void countsDroppedRowsByTheirReason() {
        count(new ServableId("a", 1));
        count(new ServableId("a", 1));

        assertThat(registry.get("tideline.inference.log.dropped").tag("reason", "disk").counter().count()).isEqualTo(6);
        assertThat(registry.get("tideline.inference.log.dropped").tag("reason", "buffer").counter().count()).isEqualTo(4);
    }
}
