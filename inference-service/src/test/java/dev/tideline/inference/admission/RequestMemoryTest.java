package dev.tideline.inference.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class RequestMemoryTest {

    private static final int MOST = 10 * RequestMemory.SMALL;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final RequestMemory memory = new RequestMemory(MOST, registry);

    private double held() {
        return registry.get("tideline.inference.request.memory").gauge().value();
    }

    @Test
    void oneAloneMayHoldMoreThanThereIs() {
        try (RequestMemory.Hold alone = memory.hold()) {
            alone.grow(3L * MOST);
            alone.grow(MOST);
            assertThat(held()).isEqualTo(4.0 * MOST);
        }
        assertThat(held()).isZero();
    }

    @Test
    void noneMayHoldMoreThanHalfOfTheHeap() {
        try (RequestMemory.Hold alone = memory.hold()) {
            alone.grow(8L * MOST);
            assertThatThrownBy(() -> alone.grow(1)).isInstanceOf(StatusException.class).hasMessageContaining("larger heap");
        }
        assertThat(held()).isZero();
    }

    @Test
    void aSecondLongOneIsRefusedAndNothingOfItIsHeldAnyMore() {
        try (RequestMemory.Hold first = memory.hold(); RequestMemory.Hold second = memory.hold()) {
            first.grow(MOST);
            second.grow(RequestMemory.SMALL);
            assertThatThrownBy(() -> second.grow(MOST)).isInstanceOf(StatusException.class)
                    .extracting("code").isEqualTo(StatusCode.RESOURCE_EXHAUSTED);
            assertThat(held()).isEqualTo(MOST + RequestMemory.SMALL);
        }
        assertThat(held()).isZero();
        assertThat(registry.get("tideline.inference.request.memory.refused").counter().count()).isEqualTo(1);
    }

    @Test
    void whatGrowsBitByBitIsStoppedAtTheSameBound() {
        try (RequestMemory.Hold first = memory.hold(); RequestMemory.Hold second = memory.hold()) {
            first.grow(MOST / 2);
            second.grow(MOST / 2);
            assertThatThrownBy(() -> {
                for (int i = 0; i < MOST; i += 1000) {
                    second.grow(1000);
                }
            }).isInstanceOf(StatusException.class);
            assertThat(held()).isLessThanOrEqualTo(MOST + 2.0 * RequestMemory.SMALL);
        }
    }

    @Test
    void longOnesKeepNoShortOneOut() {
        try (RequestMemory.Hold all = memory.hold(); RequestMemory.Hold small = memory.hold()) {
            all.grow(2L * MOST);
            assertThatCode(() -> small.grow(RequestMemory.SMALL)).doesNotThrowAnyException();
        }
    }

    @Test
    void shortOnesAreBoundedToo() {
        for (int i = 0; i < 10; i++) {
            memory.hold().grow(RequestMemory.SMALL);
        }
        try (RequestMemory.Hold more = memory.hold()) {
            assertThatThrownBy(() -> more.grow(1)).isInstanceOf(StatusException.class);
        }
        assertThat(held()).isEqualTo(MOST);
    }
}
