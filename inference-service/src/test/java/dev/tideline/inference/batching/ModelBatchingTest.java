package dev.tideline.inference.batching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ModelBatchingTest {

    private static final String PREFIX = "tideline.inference.batching";

    private static Map<String, BatchingProperties> bound(Map<String, String> keys) {
        Binder binder = new Binder(new MapConfigurationPropertySource(keys));
        return binder.bindOrCreate(PREFIX, ModelBatching.class).over(binder.bindOrCreate(PREFIX, BatchingProperties.class));
    }

    @Test
    void noModelHasAnythingOfItsOwnByDefault() {
        assertThat(bound(Map.of())).isEmpty();
    }

    @Test
    void modelsTakeTheirOwnAndTheRestAsForAll() {
        Map<String, BatchingProperties> own = bound(Map.of(
                PREFIX + ".max-rows", "64", PREFIX + ".runners", "3", PREFIX + ".models.trips.max-rows", "8",
                PREFIX + ".models.trips.allowed-rows", "4,8", PREFIX + ".models.[a.b].target-p99", "20ms", PREFIX + ".models.[a.b].max-wait", "0"));

        assertThat(own).containsOnlyKeys("trips", "a.b");
        assertThat(own.get("trips")).satisfies(trips -> {
            assertThat(trips.maxRows()).isEqualTo(8);
            assertThat(trips.allowedRows()).isEqualTo(List.of(4, 8));
            assertThat(trips.runners()).isEqualTo(3);
            assertThat(trips.maxWait()).isEqualTo(Duration.ofMillis(2));
        });
        assertThat(own.get("a.b").maxRows()).isEqualTo(64);
        assertThat(own.get("a.b").maxWait()).isZero();
        assertThat(own.get("a.b").control()).isInstanceOf(BatchControl.Aimed.class);
    }

    @Test
    void namesTheModelWhoseSettingsMakeNoSense() {
        assertThatThrownBy(() -> bound(Map.of(PREFIX + ".models.trips.max-rows", "0")))
                .hasMessage("tideline.inference.batching.models.trips: max-rows: 0 (expected: at least 1)");
        assertThatThrownBy(() -> bound(Map.of(PREFIX + ".models.trips.allowed-rows", "4,8")))
                .hasMessageContaining("models.trips: allowed-rows: [4, 8] (expected: the last equal to max-rows, 256)");
    }
}
