package dev.tideline.training.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class HoldOutTest {

    private static final Path FILE = Path.of("shard");

    @Test
    void theLastRecordsOfEachSliceAreHeldOut() {
        var cut = HoldOut.of(List.of(new FileSlice(FILE, 10, 100), new FileSlice(FILE, 500, 50)), 0.2);

        assertThat(cut.training()).containsExactly(new FileSlice(FILE, 10, 80), new FileSlice(FILE, 500, 40));
        assertThat(cut.heldOut()).containsExactly(new FileSlice(FILE, 90, 20), new FileSlice(FILE, 540, 10));
    }

    @Test
    void manySmallSlicesKeepTheShareTogether() {
        var cut = HoldOut.of(Collections.nCopies(100, new FileSlice(FILE, 0, 3)), 0.1);

        assertThat(FileSlice.records(cut.heldOut())).isEqualTo(30);
        assertThat(FileSlice.records(cut.training())).isEqualTo(270);
    }

    @Test
    void aSliceMayBeHeldOutWhole() {
        var cut = HoldOut.of(List.of(new FileSlice(FILE, 0, 1), new FileSlice(FILE, 5, 1)), 0.5);

        assertThat(cut.training()).containsExactly(new FileSlice(FILE, 0, 1));
        assertThat(cut.heldOut()).containsExactly(new FileSlice(FILE, 5, 1));
    }

    @Test
    void neitherSideMayBeEmpty() {
        assertThatThrownBy(() -> HoldOut.of(List.of(new FileSlice(FILE, 0, 5)), 0.1)).isInstanceOf(UntrainableDataException.class)
            .hasMessage("training/earlyStopping/holdOut: 0.1 of 5 records (expected: at least 1 record held out and 1 to train on)");
    }
}
