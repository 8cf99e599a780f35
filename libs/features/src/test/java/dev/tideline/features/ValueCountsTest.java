package dev.tideline.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValueCountsTest {

    @Test
    void ordersFrequentValuesByCountAndThenByText() {
        ValueCounts counts = counts("b", "a", "c", "a", "c", "d");

        assertThat(counts.top(3)).containsExactly(new ValueCount("a", 2), new ValueCount("c", 2), new ValueCount("b", 1));
        assertThat(counts.top(100)).hasSize(4);
        assertThat(counts.distinct()).isEqualTo(4);
    }

    @Test
    void addsTheCountsOfBothSidesWhenTheyMerge() {
        ValueCounts merged = counts("a", "b", "b");
        merged.merge(counts("b", "c"));
        merged.merge(new ValueCounts());

        assertThat(merged.top(9)).containsExactly(new ValueCount("b", 3), new ValueCount("a", 1), new ValueCount("c", 1));
        assertThat(merged.distinct()).isEqualTo(3);
    }

    @Test
    void countsTextThatIsTooLongAsDistinctAndNotAsFrequent() {
        String longest = "x".repeat(ValueCounts.LONGEST);
        ValueCounts counts = counts(longest, longest + "y", longest + "y", longest + "z");

        assertThat(counts.top(9)).containsExactly(new ValueCount(longest, 1));
        assertThat(counts.tooLong()).isEqualTo(3);
        assertThat(counts.distinct()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2_000, 30_000})
    void tellsTheSameAfterItWasStored(int values) {
        ValueCounts counts = new ValueCounts();
        IntStream.range(0, values).forEach(i -> counts.add("v" + i, i % 7 + 1));

        ValueCounts read = ValueCounts.of(counts.itemBytes(), counts.distinctBytes(), counts.tooLong());

        assertThat(read.distinct()).isEqualTo(counts.distinct());
        assertThat(read.top(50)).isEqualTo(counts.top(50));
    }

    @Test
    void findsWhatIsFrequentAmongManyRareValues() {
        ValueCounts counts = new ValueCounts();
        for (int i = 0; i < 100_000; i++) {
            counts.add(i % 10 == 0 ? "often" : "rare-" + i);
        }

        assertThat(counts.top(1)).singleElement().satisfies(first -> {
            assertThat(first.value()).isEqualTo("often");
            assertThat(first.count()).isGreaterThanOrEqualTo(10_000);
        });
        assertThat(counts.distinct()).isBetween(85_500L, 94_500L);
    }

    @Test
    void countsFloatValuesWhileTheyAreFewAndSaysWhenItGaveUp() {
        FewValues values = new FewValues();
        for (int i = 0; i < FewValues.LIMIT; i++) {
            values.add(i, i == 3 ? 5 : 1);
        }
        assertThat(values.counting()).isTrue();
        assertThat(values.distinct()).isEqualTo(FewValues.LIMIT);
        assertThat(values.top(1)).containsExactly(new ValueCount("3.0", 5));

        values.add(0.5f, 1);

        assertThat(values.counting()).isFalse();
        assertThat(values.distinct()).isEqualTo(-1);
        assertThat(values.top(1)).isEmpty();
    }

    @Test
    void takesBothZerosForOneValue() {
        FewValues values = new FewValues();
        values.add(-0.0f, 2);
        values.add(0.0f, 1);

        assertThat(values.top(9)).isEqualTo(List.of(new ValueCount("0.0", 3)));
    }

    @Test
    void gaveUpTogetherWhenOneSideDid() {
        FewValues few = new FewValues();
        few.add(1, 1);
        FewValues other = new FewValues();
        for (int i = 0; i < FewValues.LIMIT; i++) {
            other.add(i + 2, 1);
        }

        assertThat(few.merge(FewValues.unknown()).counting()).isFalse();
        assertThat(FewValues.unknown().merge(few).counting()).isFalse();
        assertThat(few.merge(other).counting()).as("few on each side, many together").isFalse();
        assertThat(few.merge(few).top(1)).containsExactly(new ValueCount("1.0", 2));
    }

    private static ValueCounts counts(String... values) {
        ValueCounts counts = new ValueCounts();
        List.of(values).forEach(counts::add);
        return counts;
    }
}
