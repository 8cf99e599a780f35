package dev.tideline.inference.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.batching.Priority;
import dev.tideline.inference.servable.ServableId;
import dev.tideline.inference.servable.VersionState;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AdmissionTest {

    private static final ServableId ONE = new ServableId("m", 1);
    private static final ServableId TWO = new ServableId("m", 2);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Admission admission = new Admission(new AdmissionProperties(10, 2, Duration.ofMillis(1), Duration.ZERO), registry);
    private final List<Admission.Pass> passes = new ArrayList<>();

    private int enter(ServableId id, Priority priority) {
        int entered = 0;
        try {
            while (true) {
                passes.add(admission.enter(id, priority));
                entered++;
            }
        } catch (StatusException e) {
            assertThat(e.code()).isEqualTo(StatusCode.RESOURCE_EXHAUSTED);
        }
        return entered;
    }

    @Test
    void keepsRoomForWhatIsMoreImportant() {
        assertThat(enter(ONE, Priority.SHEDDABLE)).isEqualTo(5);
        assertThat(enter(ONE, Priority.DEFAULT)).isEqualTo(4);
        assertThat(enter(ONE, Priority.CRITICAL)).isEqualTo(1);
    }

    @Test
    void boundsAllVersionsTogether() {
        assertThat(enter(ONE, Priority.CRITICAL)).isEqualTo(10);
        assertThat(enter(TWO, Priority.CRITICAL)).isZero();

        passes.getFirst().close();
        assertThat(enter(TWO, Priority.CRITICAL)).isEqualTo(1);
    }

    @Test
    void boundsAVersionWhoseRequestsWaitTooLongAndNoOther() throws InterruptedException {
        enter(ONE, Priority.CRITICAL);
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (registry.get("tideline.inference.admission.limit").tag("version", "1").gauge().value() > 2 && System.nanoTime() < end) {
            admission.ran(ONE, 1_000_000_000, 1);
            Thread.onSpinWait();
        }
        passes.forEach(Admission.Pass::close);

        assertThat(enter(ONE, Priority.CRITICAL)).isEqualTo(2);
        assertThat(enter(TWO, Priority.CRITICAL)).isEqualTo(8);
        assertThatThrownBy(() -> admission.enter(ONE, Priority.CRITICAL)).isInstanceOf(StatusException.class);
    }

    @Test
    void namesTheLimitAndCountsRefusals() {
        enter(ONE, Priority.SHEDDABLE);
        for (int i = 0; i < 3; i++) {
            passes.removeLast().close();
        }
        passes.add(admission.enter(ONE, Priority.DEFAULT));

        assertThat(registry.get("tideline.inference.in.flight").gauge().value()).isEqualTo(3);
        assertThat(registry.get("tideline.inference.admission.limit").tag("model", "m").gauge().value()).isEqualTo(10);
    }

    @Test
    void forgetsEndedVersions() {
        admission.enter(ONE, Priority.DEFAULT).close();
        admission.changed(ONE, new VersionState.End(StatusCode.OK, ""));

        assertThat(registry.find("tideline.inference.admission.limit").gauges()).isEmpty();
        assertThat(registry.find("tideline.inference.admission.refused").counters()).isEmpty();
    }
}
