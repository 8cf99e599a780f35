package dev.tideline.monitoring.detector;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.monitoring.detector.DriftDetector.Level;
import dev.tideline.monitoring.signal.JsonSerde;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every detector does. */
class DetectorContractTest {

    @ParameterizedTest
    @EnumSource
    void firesAfterAnAbruptRise(Detector kind) {
        for (int seed = 1; seed <= 20; seed++) {
            assertThat(alarms(kind, seed, 5_000, 0.1, 6_000, 0.5)).as("seed %d", seed).anyMatch(alarm -> alarm >= 5_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void seldomFiresOnAStationaryStream(Detector kind) {
        int alarms = 0;
        for (int seed = 1; seed <= 10; seed++) {
            alarms += alarms(kind, seed, 50_000, 0.14, 50_000, 0.14).size();
        }
        assertThat(alarms).as("alarms in 500,000 rows").isLessThanOrEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource
    void staysQuietWhenTheErrorFalls(Detector kind) {
        for (int seed = 1; seed <= 5; seed++) {
            assertThat(alarms(kind, seed, 5_000, 0.5, 7_000, 0.1)).as("seed %d", seed).noneMatch(alarm -> alarm >= 5_000);
        }
    }

    @ParameterizedTest
    @EnumSource
    void staysQuietWithoutErrors(Detector kind) {
        assertThat(alarms(kind, 1, 10_000, 0, 10_000, 0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void goesOnFromItsStoredForm(Detector kind) {
        var serde = JsonSerde.of(DriftDetector.class);
        SplittableRandom random = new SplittableRandom(9);
        DriftDetector kept = kind.start();
        DriftDetector stored = kind.start();
        for (int i = 0; i < 3_000; i++) {
            double error = random.nextDouble() < (i < 1_500 ? 0.1 : 0.5) ? 1 : 0;
            kept = kept.next(error);
            stored = serde.deserializer().deserialize("t", serde.serializer().serialize("t", stored)).next(error);
        }
        assertThat(stored).isEqualTo(kept);
    }

    @ParameterizedTest
    @EnumSource
    void doesNotChangeWhatItWas(Detector kind) {
        DriftDetector before = kind.start().next(1).next(0);
        DriftDetector one = before.next(1);
        before.next(0);
        assertThat(before.next(1)).isEqualTo(one);
    }

    @ParameterizedTest
    @EnumSource
    void tellsMeansBetweenZeroAndOne(Detector kind) {
        SplittableRandom random = new SplittableRandom(4);
        DriftDetector detector = kind.start();
        for (int i = 0; i < 5_000; i++) {
            detector = detector.next(random.nextDouble() < (i < 3_000 ? 0.1 : 0.6) ? 1 : 0);
            assertThat(detector.quietMean()).isBetween(-1e-9, 1 + 1e-9);
            assertThat(detector.recentMean()).isBetween(-1e-9, 1 + 1e-9);
            assertThat(detector.recentCount()).isNotNegative();
        }
    }

    /** Indices of the alarms on a stream of errors whose rate changes at {@code change}. */
    private static List<Integer> alarms(Detector kind, int seed, int change, double before, int length, double after) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> alarms = new ArrayList<>();
        DriftDetector detector = kind.start();
        for (int i = 0; i < length; i++) {
            detector = detector.next(random.nextDouble() < (i < change ? before : after) ? 1 : 0);
            if (detector.level() == Level.DRIFT) {
                alarms.add(i);
            }
        }
        return alarms;
    }
}
