package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.Baseline;
import dev.tideline.monitoring.profile.ProfileSet;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JointDriftTest {

    private static final int FEATURES = 8;
    private final Samples samples = new Samples(21);
    private final SplittableRandom random = new SplittableRandom(22);
    private final TreeMap<String, Baseline> bins = new TreeMap<>();

    JointDriftTest() {
        for (int i = 0; i < FEATURES; i++) {
            bins.put("f" + i, samples.normalBaseline(5_000));
        }
    }

    @Test
    void cleanWindowsStayGreen() {
        int windows = 0;
        int flagged = 0;
        for (int reference = 0; reference < 20; reference++) {
            Background background = background(500, 0.6);
            for (int i = 0; i < 25; i++, windows++) {
                flagged += finds(window(500, 0.6, 0), background) ? 1 : 0;
            }
        }
        assertThat(flagged).as("of %d windows", windows).isLessThanOrEqualTo(windows / 100);
    }

    @Test
    void independentInputsStayGreenToo() {
        int flagged = 0;
        for (int reference = 0; reference < 10; reference++) {
            Background background = background(500, 0);
            for (int i = 0; i < 20; i++) {
                flagged += finds(window(500, 0, 0), background) ? 1 : 0;
            }
        }
        assertThat(flagged).isLessThanOrEqualTo(2);
    }

    @Test
    void correlationsThatVanishAreSeenThoughNoFeatureMoved() {
        int caught = 0;
        for (int trial = 0; trial < 20; trial++) {
            Background background = background(500, 0.8);
            caught += finds(window(500, 0, 0), background) ? 1 : 0;
        }
        assertThat(caught).isGreaterThanOrEqualTo(19);
    }

    @Test
    void theInputsThatPartAreNamed() {
        WholeChecks checks = WholeChecks.of(window(1_000, -0.8, 0), background(1_000, 0.8));
        assertThat(checks.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Finding.Kind.JOINT);
            assertThat(finding.alert()).isTrue();
            assertThat(finding.text()).contains("f0 ~ f1 correlate with -0.").contains("(expected: 0.");
        });
        assertThat(checks.figures()).containsKeys("jointError", "jointExpected", "jointDeviations", "jointChange");
    }

    @Test
    void aShiftOfOneFeatureIsNoJointDrift() {
        int flagged = 0;
        for (int trial = 0; trial < 20; trial++) {
            flagged += finds(window(500, 0.6, 0.5), background(500, 0.6)) ? 1 : 0;
        }
        assertThat(flagged).isLessThanOrEqualTo(1);
    }

    @Test
    void withoutReferenceNothingIsSaid() {
        assertThat(WholeChecks.of(window(500, 0.6, 0), Background.none()).figures()).isEmpty();
    }

    @Test
    void eigenvaluesAndVectorsSatisfyTheirEquation() {
        double[][] matrix = {{4, 1, -2}, {1, 3, 0.5}, {-2, 0.5, 1}};
        Eigen eigen = Eigen.of(matrix);
        assertThat(eigen.values()).isSortedAccordingTo(java.util.Comparator.reverseOrder());
        for (int k = 0; k < 3; k++) {
            for (int i = 0; i < 3; i++) {
                double product = 0;
                for (int j = 0; j < 3; j++) {
                    product += matrix[i][j] * eigen.vectors()[k][j];
                }
                assertThat(product).isCloseTo(eigen.values()[k] * eigen.vectors()[k][i], within(1e-9));
            }
        }
    }

    private static boolean finds(ProfileSet window, Background background) {
        return !WholeChecks.of(window, background).findings().isEmpty();
    }

    private Background background(int rows, double correlation) {
        List<ProfileSet> reference = new ArrayList<>();
        for (int i = 0; i < Background.REFERENCE_WINDOWS; i++) {
            reference.add(window(rows, correlation, 0));
        }
        return new Background(false, Map.of(), reference, null);
    }

    /** Standard normal features; f0 and f1 correlate, and f0 is shifted. */
    private ProfileSet window(int rows, double correlation, double shift) {
        ProfileSet set = new ProfileSet(bins);
        for (int row = 0; row < rows; row++) {
            Map<String, Feature> values = new TreeMap<>();
            double first = random.nextGaussian();
            for (int i = 0; i < FEATURES; i++) {
                double value = i == 0 ? first : random.nextGaussian();
                value = i == 1 ? correlation * first + Math.sqrt(1 - correlation * correlation) * value : value;
                values.put("f" + i, Feature.floats((float) (i == 0 ? value + shift : value)));
            }
            set.add(Example.of(values), Instant.EPOCH);
        }
        return set;
    }
}
