package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Allowed values, asked about in both ways: with objects and in place. */
class DomainTest {

    @ParameterizedTest
    @CsvSource({"0,10,0,true", "0,10,10,true", "0,10,10.000001,false", "0,10,-0.0,true", ",10,-1e308,true", "0,,1e308,true", ",,5,true",
        "0,10,NaN,false", "0,,Infinity,true"})
    void aRangeHoldsItsBoundsAndIsOpenWhereOneIsMissing(Double min, Double max, double value, boolean contained) {
        assertThat(new Domain.Range(min, max).contains(value)).isEqualTo(contained);
    }

    @Test
    void saysForPeopleWhatIsAllowed() {
        assertThat(new Domain.Range(null, 3.5)).hasToString("from -∞ to 3.5");
        assertThat(new Domain.Range(-1.0, null)).hasToString("from -1.0 to ∞");
        assertThat(new Domain.Values(List.of("a", "b"))).hasToString("one of a, b");
        assertThat(new Domain.Values(IntStream.range(0, 12).mapToObj(Integer::toString).toList()))
                .hasToString("one of 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, … (12 values)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"north", "south", "", "Straße", "\uD83C\uDF0A"})
    void findsAnAllowedTextWithinOtherBytes(String text) {
        ValueCheck check = check(Kind.TEXT, new Domain.Values(List.of("south", "north", "", "Straße", "\uD83C\uDF0A", "no")));
        byte[] around = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);

        assertThat(check.allows(around, 1, around.length - 1)).isTrue();
        assertThat(check.allows(around, 0, around.length - 1)).isFalse();
        assertThat(check.free()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"7,true", "-3,true", "0,true", "8,false", "70,false", "9223372036854775807,false"})
    void findsAnAllowedInteger(long value, boolean allowed) {
        assertThat(check(Kind.INT, new Domain.Values(List.of("7", "0", "-3", "007", "+8"))).allows(value)).isEqualTo(allowed);
    }

    @Test
    void allowsEverythingWithoutADomain() {
        ValueCheck check = check(Kind.FLOAT, null);

        assertThat(check.free()).isTrue();
        assertThat(check.allows(1e30)).isTrue();
        assertThat(check.allows(5L)).isTrue();
        assertThat(check.allows(new byte[1], 0, 1)).isTrue();
    }

    private static ValueCheck check(Kind kind, Domain domain) {
        return new ValueCheck(new FeatureSpec("x", kind, List.of(), true, domain, null));
    }
}
