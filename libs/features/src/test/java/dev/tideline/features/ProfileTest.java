package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.tfrecord.Feature;
import java.util.List;
import java.util.Map;
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

        assertThatThrownBy(() -> ProfileCodec.read(java.util.Arrays.copyOf(bytes, 20), NUMBERS))
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
