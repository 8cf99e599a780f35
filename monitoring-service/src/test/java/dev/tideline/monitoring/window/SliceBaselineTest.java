package dev.tideline.monitoring.window;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.DriftEvent.Status;
import dev.tideline.features.Baseline;
import dev.tideline.monitoring.drift.Background;
import dev.tideline.monitoring.drift.DriftJudge;
import dev.tideline.monitoring.drift.WindowVerdict;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SliceBaselineTest {

    private final SplittableRandom random = new SplittableRandom(7);
    private final DriftJudge judge = DriftJudge.withDefaults();
    /** Half of the trained rows are of kind a, whose x is one deviation higher. */
    private final SortedMap<String, Baseline> bins = new TreeMap<>(Map.of(
            "kind", new Baseline.Categorical(List.of("a", "b"), new long[] {2_000, 2_000}, 0, 0),
            "x", new Baseline.Numeric(new double[] {-1, 0, 1}, new long[] {1_000, 1_000, 1_000, 1_000}, 0, -4, 6, 0, 1.2)));

    private ProfileSet ofKindA(double mean) {
        ProfileSet window = new ProfileSet(bins);
        for (int i = 0; i < 600; i++) {
            window.add(Example.of(Map.of("kind", Feature.text("a"), "x", Feature.floats((float) (mean + random.nextGaussian())))), Instant.EPOCH);
        }
        return window;
    }

    private WindowVerdict verdict(List<ProfileSet> first, ProfileSet window) {
        return judge.judge(SliceBaseline.on(first, window, bins), Background.none().ofSlice());
    }

    @Test
    void whatMakesASliceIsNoDriftOfIt() {
        assertThat(judge.judge(ofKindA(1), Background.none()).status()).isEqualTo(Status.DRIFT);

        assertThat(verdict(List.of(), ofKindA(1)).status()).isEqualTo(Status.STABLE);
        WindowVerdict later = verdict(List.of(ofKindA(1), ofKindA(1)), ofKindA(1));
        assertThat(later.status()).isEqualTo(Status.STABLE);
        assertThat(later.reason()).isEqualTo("all 2 features as in the slice's first windows");
    }

    @Test
    void aSliceThatMovesDrifts() {
        WindowVerdict verdict = verdict(List.of(ofKindA(1), ofKindA(1)), ofKindA(0));

        assertThat(verdict.status()).isEqualTo(Status.DRIFT);
        assertThat(verdict.reason()).startsWith("1 of the features drifted, x most");
    }

    @Test
    void trainedRangesHoldForSlicesToo() {
        ProfileSet window = ofKindA(1);
        for (int i = 0; i < 60; i++) {
            window.add(Example.of(Map.of("kind", Feature.text("a"), "x", Feature.floats(900))), Instant.EPOCH);
        }

        assertThat(verdict(List.of(ofKindA(1)), window).features().get(1).findings()).anySatisfy(
                finding -> assertThat(finding.text()).contains("outside the trained range").contains("-4.0 to 6.0"));
    }
}
