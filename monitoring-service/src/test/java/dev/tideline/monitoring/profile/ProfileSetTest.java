package dev.tideline.monitoring.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.Baseline;
import dev.tideline.features.CategoricalProfile;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ProfileSetTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final TreeMap<String, Baseline> bins = new TreeMap<>(Map.of(
            "a", quartiles(), "c", quartiles(), "kind", new Baseline.Categorical(List.of("u", "v"), new long[] {20, 10}, 0, 0),
            "output/probability", quartiles()));

    @Test
    void everyFeatureMeetsItsOwnProfileWhateverElseIsInTheExample() {
        ProfileSet set = new ProfileSet(bins);
        set.add(Example.of(Map.of("Z", Feature.floats(9), "a", Feature.floats(-2), "b", Feature.text("?"), "kind", Feature.text("v"),
                "output/probability", Feature.floats(0.5f), "zz", Feature.longs(1))), START);
        assertThat(set.profiles().get("a").counts()).containsExactly(1, 0, 0, 0);
        assertThat(set.profiles().get("c").missing()).isEqualTo(1);
        assertThat(set.profiles().get("kind").counts()).containsExactly(0, 1);
        assertThat(set.profiles().get("output/probability").total()).isEqualTo(1);
    }

    @Test
    void anEmptyExampleMissesEverything() {
        ProfileSet set = new ProfileSet(bins);
        set.add(Example.of(Map.of()), START);
        assertThat(set.profiles().values()).allSatisfy(profile -> assertThat(profile.missing()).isEqualTo(1));
    }

    @Test
    void partsAddUpToTheWhole() {
        List<Example> rows = rows(700, 0.5);
        ProfileSet whole = new ProfileSet(bins);
        ProfileSet left = new ProfileSet(bins);
        ProfileSet right = new ProfileSet(bins);
        for (int i = 0; i < rows.size(); i++) {
            whole.add(rows.get(i), START.plusSeconds(i));
            (i % 3 == 0 ? left : right).add(rows.get(i), START.plusSeconds(i));
        }
        right.merge(left);
        assertThat(right.rows()).isEqualTo(700);
        assertThat(right.from()).isEqualTo(START);
        assertThat(right.to()).isEqualTo(START.plusSeconds(699));
        assertThat(right.profiles().get("a").counts()).isEqualTo(whole.profiles().get("a").counts());
        assertThat(right.joint().correlations()[1][0]).isCloseTo(whole.joint().correlations()[1][0], within(1e-9));
        assertThat(right.confidence().counts()).isEqualTo(whole.confidence().counts());
    }

    @Test
    void survivesItsByteForm() {
        ProfileSet set = new ProfileSet(bins);
        rows(300, 0.5).forEach(row -> set.add(row, START));
        set.addLate(Example.of(Map.of("a", Feature.floats(1))));
        set.noteForeignSchema();
        ProfileSet read = ProfileSetCodec.read(ProfileSetCodec.write(set), bins);
        assertThat(ProfileSetCodec.write(read)).isEqualTo(ProfileSetCodec.write(set));
        assertThat(read.late()).isEqualTo(1);
        assertThat(read.foreign()).isEqualTo(1);
        assertThat(read.joint().correlations()).isDeepEqualTo(set.joint().correlations());
    }

    @Test
    void aNumericFeatureTakesFewBytes() {
        TreeMap<String, Baseline> one = new TreeMap<>(Map.of("a", deciles()));
        TreeMap<String, Baseline> many = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            many.put("f" + i, deciles());
        }
        int added = ProfileSetCodec.write(new ProfileSet(many)).length - ProfileSetCodec.write(new ProfileSet(one)).length;
        assertThat(added / 99.0).isLessThanOrEqualTo(320);
    }

    @Test
    void newCategoriesByTheMillionTakeBoundedRoom() {
        ProfileSet set = new ProfileSet(bins);
        for (int i = 0; i < 1_000_000; i++) {
            set.add(Example.of(Map.of("kind", Feature.text("new" + i))), START);
        }
        assertThat(((CategoricalProfile) set.profiles().get("kind")).unseen()).isEqualTo(1_000_000);
        assertThat(ProfileSetCodec.write(set).length).isLessThan(4_000);
    }

    @Test
    void refusesAnotherForm() {
        assertThatThrownBy(() -> ProfileSetCodec.read(new byte[64], bins)).hasMessage("profiles: form 0 (expected: 2)");
    }

    @Test
    void refusesProfilesOfFewerFeatures() {
        byte[] bytes = ProfileSetCodec.write(new ProfileSet(new TreeMap<>(Map.of("a", quartiles(), "c", quartiles()))));
        assertThatThrownBy(() -> ProfileSetCodec.read(bytes, bins)).hasMessage("profiles: 2 (expected: 4, as in the baseline)");
    }

    @Test
    void correlationsAreThoseOfTheValues() {
        ProfileSet set = new ProfileSet(bins);
        rows(20_000, 0.8).forEach(row -> set.add(row, START));
        assertThat(set.joint().names()).containsExactly("a", "c");
        assertThat(set.joint().correlations()[1][0]).isBetween(0.65, 0.85);
    }

    @Test
    void aFeatureThatNeverVariesCorrelatesWithNothing() {
        ProfileSet set = new ProfileSet(bins);
        for (int i = 0; i < 100; i++) {
            set.add(Example.of(Map.of("a", Feature.floats(i % 2 - 0.5f), "c", Feature.floats(Float.NaN))), START);
        }
        assertThat(set.joint().correlations()[1][0]).isZero();
    }

    private static List<Example> rows(int count, double correlation) {
        SplittableRandom random = new SplittableRandom(8);
        return java.util.stream.IntStream.range(0, count).mapToObj(i -> {
            double a = random.nextGaussian();
            double c = correlation * a + Math.sqrt(1 - correlation * correlation) * random.nextGaussian();
            Map<String, Feature> row = new HashMap<>(Map.of("a", Feature.floats((float) a), "c", Feature.floats((float) c)));
            row.put("output/label", Feature.longs(1));
            row.put("output/probability", Feature.floats((float) random.nextDouble()));
            return Example.of(row);
        }).toList();
    }

    private static Baseline.Numeric quartiles() {
        return new Baseline.Numeric(new double[] {-0.67, 0, 0.67}, new long[] {100, 100, 100, 100}, 0, -3, 3, 0, 1);
    }

    private static Baseline.Numeric deciles() {
        return new Baseline.Numeric(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, new long[10], 0, 0, 10, 5, 3);
    }
}
