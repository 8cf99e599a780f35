package dev.tideline.monitoring.drift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CellsTest {

    @Test
    void cellsWithLowExpectationBecomeOne() {
        var merged = new Cells(new long[] {1_000, 30, 25, 1_000, 28}, new long[] {100, 3, 3, 100, 3}).mergeRare();
        assertThat(merged.baseline()).containsExactly(1_000, 1_000, 83);
        assertThat(merged.window()).containsExactly(100, 100, 9);
    }

    @Test
    void aRestThatStaysRareJoinsTheSmallestCell() {
        var merged = new Cells(new long[] {1_000, 500, 1}, new long[] {1_000, 500, 1}).mergeRare();
        assertThat(merged.baseline()).containsExactly(1_000, 501);
        assertThat(merged.window()).containsExactly(1_000, 501);
    }

    @Test
    void cellsThatAreEmptyOnBothSidesVanish() {
        var merged = new Cells(new long[] {1_000, 0}, new long[] {1_000, 0}).mergeRare();
        assertThat(merged.size()).isEqualTo(1);
    }

    @Test
    void countsArePreserved() {
        var cells = new Cells(new long[] {3, 900, 2, 7, 0, 50}, new long[] {0, 80, 4, 1, 1, 9});
        assertThat(cells.mergeRare().windowRows()).isEqualTo(95);
        assertThat(cells.mergeRare().baselineRows()).isEqualTo(962);
    }

    @Test
    void refusesCellsOfDifferentLength() {
        assertThatThrownBy(() -> new Cells(new long[2], new long[3])).hasMessage("cells: 3 (expected: 2 as in the baseline)");
    }
}
