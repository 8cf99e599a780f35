package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.tfrecord.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static final Baseline.Numeric NUMBERS =
            new Baseline.Numeric(new double[] {1, 2}, new long[] {10, 10, 10}, 0, 0, 3, 1.5, 1);
    private static final Baseline.Categorical COLOURS = new Baseline.Categorical(List.of("red", "blue"), new long[] {5, 3}, 0, 0);

    @Test
    void countsNumbersOnTheBaselinesBins() {
        NumericProfile profile = numbers(0.5, 1, 1.5, 2.5);

        assertThat(profile.counts()).containsExactly(1, 2, 1);
        assertThat(profile.mean()).isEqualTo(1.375);
    }

    @Test
    void countsNumbersOutsideTheTrainingRangeOnTheSide() {
        NumericProfile profile = numbers(-1, 3, 4, Double.NaN);

        assertThat(List.of(profile.under(), profile.over(), profile.nonFinite(), profile.total())).containsExactly(1L, 1L, 1L, 3L);
    }

    @Test
    void countsMissingAndMistypedValues() {
        Profile profile = Profile.on(NUMBERS);
        profile.add(null);
        profile.add(Feature.floats());
        profile.add(Feature.text("four"));

        assertThat(List.of(profile.missing(), profile.mistyped(), profile.total())).containsExactly(2L, 1L, 0L);
    }

    @Test
    void namesUnseenCategories() {
        CategoricalProfile profile = colours("red", "pink", "pink", "blue");

        assertThat(profile.counts()).containsExactly(1, 1);
        assertThat(profile.unseenValues()).isEqualTo(Map.of("pink", 2L));
    }

    @Test
    void boundsTheNamesOfUnseenCategories() {
        CategoricalProfile profile = colours();
        for (int i = 0; i < 100_000; i++) {
            profile.add("new-" + i);
        }

        assertThat(profile.unseen()).isEqualTo(100_000);
        assertThat(profile.unseenValues()).hasSize(16);
    }

    @Test
    void boundsTheLengthOfThoseNamesAndCutsNoCharacterInHalf() {
        CategoricalProfile profile = colours();
        profile.add("x".repeat(1_000_000));
        profile.add("x".repeat(63) + "😀".repeat(1_000));
        CategoricalProfile merged = colours();
        merged.merge(profile);
        merged.merge(profile);

        assertThat(profile.unseenValues()).containsOnlyKeys("x".repeat(64) + "…", "x".repeat(63) + "…");
        assertThat(merged.unseenValues()).containsOnlyKeys(profile.unseenValues().keySet().toArray(String[]::new)).containsValue(2L);
        assertThat(ProfileCodec.write(profile)).hasSizeLessThan(400);
    }

    @Test
    void mergesByAddition() {
        Profile merged = numbers(0.5, 5);
        merged.merge(numbers(0.7, 1.5));

        assertThat(ProfileCodec.write(merged)).isEqualTo(ProfileCodec.write(numbers(0.7, 1.5, 0.5, 5)));
    }

    @Test
    void mergesCategoriesByAddition() {
        Profile merged = colours("red", "pink");
        merged.merge(colours("pink", "blue", "green"));

        assertThat(ProfileCodec.write(merged)).isEqualTo(ProfileCodec.write(colours("red", "pink", "pink", "blue", "green")));
    }

    @Test
    void refusesToMergeProfilesOnOtherBins() {
        Profile other = Profile.on(new Baseline.Numeric(new double[] {7}, new long[2], 0, 0, 9, 0, 0));

        assertThatThrownBy(() -> numbers(1).merge(other)).hasMessage("profile: on other bins (expected: the same baseline)");
    }

    @Test
    void countsIntegersOnBinsAndAsCategories() {
        Profile numbers = Profile.on(NUMBERS);
        numbers.add(Feature.longs(0, 1, 7));
        numbers.add(Feature.longs());
        CategoricalProfile codes = (CategoricalProfile) Profile.on(new Baseline.Categorical(List.of("7", "8"), new long[2], 0, 0));
        codes.add(Feature.longs(7, 9, 7));
        codes.add(Feature.longs());

        assertThat(numbers.counts()).containsExactly(1, 1, 1);
        assertThat(numbers.missing()).isEqualTo(1);
        assertThat(codes.counts()).containsExactly(2, 0);
        assertThat(codes.unseenValues()).isEqualTo(Map.of("9", 1L));
        assertThat(List.of(codes.missing(), codes.total())).containsExactly(1L, 3L);
    }

    @Test
    void countsCategoriesThatAreMissingOrNumbers() {
        Profile profile = Profile.on(COLOURS);
        profile.add(null);
        profile.add(new Feature.Bytes(new byte[0][]));
        profile.add(Feature.floats());
        profile.add(Feature.floats(1, 2));
        profile.add(Feature.text("red"));

        assertThat(List.of(profile.missing(), profile.mistyped(), profile.total())).containsExactly(3L, 2L, 1L);
    }

    @Test
    void addsUpRangeAndFaultsWhenMerged() {
        NumericProfile merged = numbers(-1, Double.NaN);
        merged.add((Feature) null);
        NumericProfile other = numbers(9, 8, Double.NEGATIVE_INFINITY);
        other.add(Feature.text("x"));

        merged.merge(other);

        assertThat(List.of(merged.under(), merged.over(), merged.nonFinite(), merged.missing(), merged.mistyped()))
                .containsExactly(1L, 2L, 2L, 1L, 1L);
        assertThat(List.of(merged.min(), merged.max())).containsExactly(-1.0, 9.0);
    }

    @Test
    void refusesToMergeNumbersWithCategories() {
        assertThatThrownBy(() -> numbers(1).merge(colours("red"))).hasMessageStartingWith("profile: on other bins");
        assertThatThrownBy(() -> colours("red").merge(numbers(1))).hasMessageStartingWith("profile: on other categories");
    }

    /** Few edges are counted, many are searched: both name the same bin, on an edge too. */
    @Test
    void findsTheSameBinAmongFewAndManyEdges() {
        double[] many = IntStream.range(0, 40).mapToDouble(i -> i * 0.5).toArray();
        Baseline.Numeric searched = new Baseline.Numeric(many, new long[41], 0, 0, 20, 0, 0);
        for (int from = 0; from < 40; from += 10) {
            Baseline.Numeric counted = new Baseline.Numeric(Arrays.copyOfRange(many, from, from + 10), new long[11], 0, 0, 20, 0, 0);
            for (int i = 0; i < 10; i++) {
                assertThat(searched.bin(many[from + i])).isEqualTo(from + counted.bin(many[from + i]));
                assertThat(searched.bin(many[from + i] + 0.25)).isEqualTo(from + counted.bin(many[from + i] + 0.25));
            }
        }
        assertThat(List.of(searched.bin(-1), searched.bin(100))).containsExactly(0, 40);
    }

    @Test
    void refusesBaselinesWithoutACountForEachBin() {
        assertThatThrownBy(() -> new Baseline.Numeric(new double[] {1}, new long[1], 0, 0, 1, 0, 0))
                .hasMessage("counts: 1 bins (expected: 2)");
        assertThatThrownBy(() -> new Baseline.Categorical(List.of("a"), new long[2], 0, 0)).hasMessage("counts: 2 (expected: 1)");
    }

    @Test
    void categoriesSurviveTheirByteForm() {
        CategoricalProfile profile = colours("red", "pink", "a name that is too long ".repeat(100));
        CategoricalProfile read = (CategoricalProfile) ProfileCodec.read(ProfileCodec.write(profile), COLOURS);

        assertThat(read.counts()).containsExactly(1, 0);
        assertThat(read.unseen()).isEqualTo(2);
        assertThat(read.unseenValues().keySet()).anyMatch(name -> name.equals("pink")).anyMatch(name -> name.length() == 65 && name.endsWith("…"));
    }

    @Test
    void survivesItsByteForm() {
        Profile profile = numbers(0.5, 9, Double.NaN);
        Profile read = ProfileCodec.read(ProfileCodec.write(profile), NUMBERS);

        assertThat(ProfileCodec.write(read)).isEqualTo(ProfileCodec.write(profile));
    }

    @Test
    void refusesBytesOfOtherBins() {
        byte[] bytes = ProfileCodec.write(numbers(1));

        assertThatThrownBy(() -> ProfileCodec.read(bytes, COLOURS)).hasMessage("profile: 3 bins (expected: 2)");
    }

    @Test
    void refusesBytesThatEndEarly() {
        byte[] bytes = ProfileCodec.write(numbers(1));

        assertThatThrownBy(() -> ProfileCodec.read(Arrays.copyOf(bytes, 20), NUMBERS))
                .hasMessage("profile: 20 bytes that end early");
    }

    private static NumericProfile numbers(double... values) {
        NumericProfile profile = (NumericProfile) Profile.on(NUMBERS);
        for (double value : values) {
            profile.add(value);
        }
        return profile;
    }

    private static CategoricalProfile colours(String... values) {
        CategoricalProfile profile = (CategoricalProfile) Profile.on(COLOURS);
        for (String value : values) {
            profile.add(value);
        }
        return profile;
    }
}
