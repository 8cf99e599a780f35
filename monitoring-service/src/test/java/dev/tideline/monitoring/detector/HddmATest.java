package dev.tideline.monitoring.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.monitoring.detector.DriftDetector.Level;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HddmATest {

    @Test
    void firesWithinAHundredRowsOfAnAbruptRise() {
        double delay = 0;
        for (int seed = 1; seed <= 30; seed++) {
            long alarm = firstAlarm(seed, 5_000, 0.1, 6_000, 0.5);
            assertThat(alarm).as("seed %d", seed).isBetween(5_000L, 5_200L);
            delay += (alarm - 5_000) / 30.0;
        }
        assertThat(delay).isLessThan(100);
    }

    @Test
    void staysQuietOnAStationaryStream() {
        int alarms = 0;
        for (int seed = 1; seed <= 10; seed++) {
            alarms += firstAlarm(seed, 100_000, 0.14, 100_000, 0.14) >= 0 ? 1 : 0;
        }
        assertThat(alarms).as("alarms in a million rows").isLessThanOrEqualTo(6);
    }

    @Test
    void ignoresAFallingError() {
        assertThat(firstAlarm(1, 5_000, 0.5, 10_000, 0.1)).isEqualTo(-1);
    }

    @Test
    void warnsBeforeItFires() {
        var random = new SplittableRandom(3);
        DriftDetector detector = HddmA.withDefaults();
        int warning = -1;
        for (int i = 0; detector.level() != Level.DRIFT; i++) {
            detector = detector.next(random.nextDouble() < (i < 2_000 ? 0.1 : 0.4) ? 1 : 0);
            warning = warning < 0 && i >= 2_000 && detector.level() == Level.WARNING ? i : warning;
        }
        assertThat(warning).isGreaterThanOrEqualTo(2_000);
    }

    @Test
    void tellsTheMeansBeforeAndAfterTheChange() {
        DriftDetector detector = HddmA.withDefaults();
        for (int i = 0; i < 1_000; i++) {
            detector = detector.next(i % 10 == 0 ? 1 : 0);
        }
        while (detector.level() != Level.DRIFT) {
            detector = detector.next(1);
        }
        assertThat(detector.quietMean()).isCloseTo(0.1, within(0.02));
        assertThat(detector.recentMean()).isGreaterThan(0.5);
        assertThat(detector.recentCount()).isBetween(5L, 100L);
    }

    @Test
    void startsAfreshAfterAnAlarm() {
        DriftDetector detector = HddmA.withDefaults();
        for (int i = 0; i < 1_000; i++) {
            detector = detector.next(0);
        }
        while (detector.level() != Level.DRIFT) {
            detector = detector.next(1);
        }
        DriftDetector fresh = detector.next(0);
        assertThat(fresh).isEqualTo(HddmA.withDefaults().next(0));
    }

    /** Index of the first alarm on a Bernoulli stream whose rate changes at {@code change}, or -1. */
    private static long firstAlarm(int seed, int change, double before, int length, double after) {
        var random = new SplittableRandom(seed);
        DriftDetector detector = HddmA.withDefaults();
        for (int i = 0; i < length; i++) {
            detector = detector.next(random.nextDouble() < (i < change ? before : after) ? 1 : 0);
            if (detector.level() == Level.DRIFT) {
                return i;
            }
        }
        return -1;
    }
}
