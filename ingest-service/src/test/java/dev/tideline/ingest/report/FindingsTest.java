package dev.tideline.ingest.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.tideline.features.DatasetStatistics;
import dev.tideline.features.Domain;
import dev.tideline.features.FeatureSpec;
import dev.tideline.features.Kind;
import dev.tideline.features.StatisticsBuilder;
import dev.tideline.tfrecord.Example;
import dev.tideline.tfrecord.Feature;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void saysNothingOfAFeatureThatIsAsItShouldBe() {
        Random random = new Random(1);

        assertThat(findings(feature(Kind.FLOAT, true, new Domain.Range(-9.0, 9.0)), i -> Feature.floats((float) random.nextGaussian()),
                i -> Feature.floats((float) random.nextGaussian()))).isEmpty();
    }

    @Test
    void namesNumbersOutsideTheDomain() {
        assertThat(findings(feature(Kind.FLOAT, true, new Domain.Range(0.0, 100.0)), i -> Feature.floats(i - 1), i -> Feature.floats(i)))
                .contains("smallest value of train is -1, below the domain's 0", "largest value of train is 198, above the domain's 100",
                        "largest value of evaluation is 199, above the domain's 100");
    }

    @Test
    void namesTextOutsideTheDomain() {
        assertThat(findings(feature(Kind.TEXT, true, new Domain.Values(List.of("a"))), i -> Feature.text("a"), i -> Feature.text("bcdef".substring(i % 5, i % 5 + 1))))
                .contains("outside the domain in evaluation: b, c, d and 2 more");
    }

    @Test
    void namesRequiredFeaturesThatAreMissing() {
        assertThat(findings(feature(Kind.INT, true, null), i -> i == 7 ? null : Feature.longs(i), i -> Feature.longs(i)))
                .containsExactly("required, but missing in 1 rows of train");
    }

    @Test
    void namesOptionalFeaturesThatAreMostlyMissing() {
        assertThat(findings(feature(Kind.INT, false, null), i -> i % 4 == 0 ? Feature.longs(i) : null, i -> i % 4 == 0 ? Feature.longs(i) : null))
                .containsExactlyInAnyOrder("missing in 75 % of train", "missing in 75 % of evaluation");
        assertThat(findings(feature(Kind.INT, false, null), i -> i % 4 != 0 ? Feature.longs(i) : null, i -> i % 4 != 0 ? Feature.longs(i) : null)).isEmpty();
    }

    @Test
    void namesSplitsOfDifferentMissingShare() {
        assertThat(findings(feature(Kind.INT, false, null), i -> i % 10 == 0 ? null : Feature.longs(i), i -> i % 4 == 0 ? null : Feature.longs(i)))
                .containsExactly("missing in 10 % of train, 25 % of evaluation");
    }

    @Test
    void namesSplitsOfDifferentNumbers() {
        assertThat(findings(feature(Kind.FLOAT, true, null), i -> Feature.floats(i), i -> Feature.floats(i + 100))).containsExactly("train and evaluation differ, D = 0.5");
    }

    @Test
    void namesSplitsOfDifferentValues() {
        assertThat(findings(feature(Kind.TEXT, true, null), i -> Feature.text(i % 2 == 0 ? "a" : "b"), i -> Feature.text(i % 4 == 0 ? "a" : "b")))
                .containsExactly("train and evaluation differ, a value's share by 0.25");
    }

    @Test
    void saysWhatAModelCannotLearnFrom() {
        assertThat(findings(feature(Kind.TEXT, true, null), i -> Feature.text("DE"), i -> Feature.text("DE"))).containsExactly("always the same value");
        assertThat(findings(feature(Kind.TEXT, true, null), i -> Feature.text("id" + i), i -> Feature.text("id" + i)))
                .containsExactly("nearly every value is another one: an identifier or free text");
    }

    @Test
    void doesNotCallAKeyAnIdentifier() {
        FeatureSpec key = feature(Kind.TEXT, true, null);

        assertThat(Findings.of(key, true, splits(key, i -> Feature.text("id" + i), i -> Feature.text("id" + i)), 0)).isEmpty();
    }

    @Test
    void measuresNoDifferenceOfFewValues() {
        FeatureSpec x = feature(Kind.FLOAT, true, null);
        DatasetStatistics few = build(x, 99, i -> Feature.floats(1));
        DatasetStatistics many = build(x, 1_000, i -> Feature.floats(2));

        assertThat(Skew.of(few.features().get("x"), many.features().get("x"))).isZero();
    }

    @Test
    void measuresTheDifferenceInBothDirections() {
        FeatureSpec x = feature(Kind.FLOAT, true, null);
        DatasetStatistics narrow = build(x, 1_000, i -> Feature.floats(5));
        DatasetStatistics wide = build(x, 1_000, i -> Feature.floats(i % 10));

        double there = Skew.of(narrow.features().get("x"), wide.features().get("x"));
        double back = Skew.of(wide.features().get("x"), narrow.features().get("x"));

        assertThat(there).isEqualTo(back).isCloseTo(0.5, within(0.02));
    }

    private static FeatureSpec feature(Kind kind, boolean required, @Nullable Domain domain) {
        return new FeatureSpec("x", kind, List.of(), required, domain, null);
    }

    private static List<String> findings(FeatureSpec feature, IntFunction<@Nullable Feature> train, IntFunction<@Nullable Feature> evaluation) {
        TreeMap<String, DatasetStatistics> splits = splits(feature, train, evaluation);
        double skew = Skew.of(splits.get("train").features().get("x"), splits.get("evaluation").features().get("x"));
        return Findings.of(feature, false, splits, skew).stream().map(Finding::text).toList();
    }

    private static TreeMap<String, DatasetStatistics> splits(FeatureSpec feature, IntFunction<@Nullable Feature> train, IntFunction<@Nullable Feature> evaluation) {
        return new TreeMap<>(Map.of("train", build(feature, 200, train), "evaluation", build(feature, 200, evaluation)));
    }

    private static DatasetStatistics build(FeatureSpec feature, int count, IntFunction<@Nullable Feature> value) {
        StatisticsBuilder builder = new StatisticsBuilder(List.of(feature));
        IntStream.range(0, count).mapToObj(value).forEach(v -> builder.add(v == null ? Example.of(Map.of()) : Example.of(Map.of("x", v))));
        return builder.build();
    }
}
