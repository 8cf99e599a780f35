package dev.tideline.inference.prediction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusCode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class PredictionMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final PredictionMetrics metrics = new PredictionMetrics(registry);

    private void answer(String model, long version) {
        metrics.answered(new PredictionMetrics.Key(model, Long.toString(version), "s", EntryPoint.REST_PREDICT, StatusCode.OK)).rows().increment();
    }

    private void end(String model, long version) {
        metrics.changed(new ServableId(model, version), new VersionState.End(StatusCode.OK, ""));
    }

    private List<String> counted(String model) {
        return registry.find("tideline.inference.rows").tag("model", model).counters().stream()
                .map(counter -> counter.getId().getTag("version") + ": " + (int) counter.count()).sorted().toList();
    }

    @Test
    void aHundredVersionsLeaveTheMetersOfOne() {
        answer("b", 1);
        for (int version = 1; version <= 100; version++) {
            answer("a", version);
            end("a", version);
        }

        assertThat(counted("a")).containsExactly("100: 1");
        assertThat(counted("b")).containsExactly("1: 1");
        assertThat(registry.getMeters()).hasSize(8);
    }

    @Test
    void versionThatServesAgainCountsFromAnew() {
        answer("a", 1);
        end("a", 1);
        end("a", 2);
        answer("a", 1);

        assertThat(counted("a")).containsExactly("1: 1");
    }
}
