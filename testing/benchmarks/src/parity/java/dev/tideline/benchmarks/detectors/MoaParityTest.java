package dev.tideline.benchmarks.detectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.monitoring.detector.Detector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** {@code -Dtideline.detectors.seeds=30 -Dtideline.detectors.rows=100000} is the whole proof; the build takes a part of it. */
class MoaParityTest {

    private static final int SEEDS = Integer.getInteger("tideline.detectors.seeds", 1);
    private static final int ROWS = Integer.getInteger("tideline.detectors.rows", 20_000);

    @ParameterizedTest
    @EnumSource
    void firesAtTheRowsWhereMoaFires(Detector detector) throws Exception {
        int alarms = 0;
        for (MoaStream stream : MoaStream.values()) {
            for (int seed = 1; seed <= SEEDS; seed++) {
                Race race = Race.run(stream, detector, seed, ROWS, 1);
                assertThat(race.ours()).as("%s, %s, seed %d", detector, stream, seed).isEqualTo(race.moas());
                alarms += race.ours().size();
            }
        }
        assertThat(alarms).as("alarms of %s", detector).isPositive();
    }
}
