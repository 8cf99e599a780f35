package dev.tideline.training.registry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class VersionComparisonTest {

    @Test
    void theChampionsFiguresOnTheSameExamplesAreTaken() {
        var left = version(1, null, 7, Map.of("accuracy", 0.9), null);
        var right = version(2, 1L, 8, Map.of("accuracy", 0.75, "logLoss", 0.5), Map.of("accuracy", 0.5, "logLoss", 0.75));

        var comparison = VersionComparison.of(left, right, null, null);

        assertThat(comparison.sameExamples()).isTrue();
        assertThat(comparison.metrics().get("accuracy")).isEqualTo(new VersionComparison.Pair(0.5, 0.75, 0.25));
        assertThat(comparison.metrics().get("logLoss")).isEqualTo(new VersionComparison.Pair(0.75, 0.5, 0.25));
        assertThat(comparison.data().same()).isFalse();
        assertThat(comparison.definition()).isNull();
    }

    @Test
    void theOrderOfTheTwoDoesNotMatter() {
        var champion = version(1, null, 7, Map.of("accuracy", 0.9), null);
        var later = version(2, 1L, 8, Map.of("accuracy", 0.75), Map.of("accuracy", 0.5));

        assertThat(VersionComparison.of(later, champion, null, null).metrics().get("accuracy"))
            .isEqualTo(new VersionComparison.Pair(0.75, 0.5, -0.25));
    }

    @Test
    void figuresOfDifferentExamplesAreMarked() {
        var comparison = VersionComparison.of(version(1, null, 7, Map.of("accuracy", 0.9), null),
            version(3, 2L, 9, Map.of("f1", 0.5), Map.of("f1", 0.1)), null, null);

        assertThat(comparison.sameExamples()).isFalse();
        assertThat(comparison.metrics()).containsEntry("accuracy", new VersionComparison.Pair(0.9, null, null))
            .containsEntry("f1", new VersionComparison.Pair(null, 0.5, null));
    }

    @Test
    void definitionsAreComparedFieldByField() {
        var json = JsonMapper.builder().build();
        var one = version(1, null, 7, Map.of(), null);

        var comparison = VersionComparison.of(one, one, json.readTree("{\"a\":1}"), json.readTree("{\"a\":2}"));

        assertThat(comparison.definition()).extracting(JsonDiff.Difference::pointer).containsExactly("/a");
        assertThat(comparison.data().same()).isTrue();
    }

    private static TrainedVersion version(long version, @Nullable Long parent, long data, Map<String, Double> metrics,
            @Nullable Map<String, Double> champion) {
        return new TrainedVersion("m", version, "job", parent, "d", data, "hash", "models/m/" + version, metrics, champion, true, "",
            Instant.EPOCH, null);
    }
}
