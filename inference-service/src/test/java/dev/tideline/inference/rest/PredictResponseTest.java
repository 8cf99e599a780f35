package dev.tideline.inference.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.Values;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PredictResponseTest {

    private static String rows(Map<String, Tensor> outputs) {
        return new String(PredictResponse.rows(outputs), StandardCharsets.UTF_8);
    }

    private static String columns(Map<String, Tensor> outputs) {
        return new String(PredictResponse.columns(outputs), StandardCharsets.UTF_8);
    }

    @Test
    void writesValuesOfOneOutputInOneLine() {
        assertThat(rows(Map.of("y", Tensor.floats(Shape.of(3), 2.5f, 3f, 4.5f)))).isEqualTo("""
                {
                    "predictions": [2.5, 3.0, 4.5
                    ]
                }""");
    }

    @Test
    void writesListsPerRow() {
        assertThat(rows(Map.of("y", Tensor.longs(Shape.of(2, 1, 2), 1, 2, 3, -4)))).isEqualTo("""
                {
                    "predictions": [[[1, 2]], [[3, -4]]
                    ]
                }""");
    }

    @Test
    void writesAnObjectPerRowForSeveralOutputs() {
        Map<String, Tensor> outputs = Map.of(
                "p", Tensor.floats(Shape.of(2, 2), 0.25f, 0.75f, 1, 0), "label", Tensor.text(Shape.of(2), "a\"b", "ä\n"));
        assertThat(rows(outputs)).isEqualTo("""
                {
                    "predictions": [
                        {
                            "label": "a\\"b",
                            "p": [0.25, 0.75]
                        },
                        {
                            "label": "ä\\n",
                            "p": [1.0, 0.0]
                        }
                    ]
                }""");
    }

    @Test
    void writesColumnsOverSeveralLines() {
        assertThat(columns(Map.of("y", Tensor.floats(Shape.of(2), 3.5f, 4)))).isEqualTo("""
                {
                    "outputs": [
                        3.5,
                        4.0
                    ]
                }""");
        assertThat(columns(Map.of("y", Tensor.floats(Shape.SCALAR, 7)))).isEqualTo("""
                {
                    "outputs": 7.0
                }""");
    }

    @Test
    void writesBytesByTheSuffixOfTheAlias() {
        assertThat(rows(Map.of("image_bytes", Tensor.text(Shape.of(1), "hello")))).contains("\"b64\": \"aGVsbG8=\"");
    }

    @Test
    void writesBooleansAndUnsignedNumbers() {
        Tensor bool = Tensor.of(DataType.BOOL, Shape.of(2), new Values.Bytes(new byte[] {1, 0}));
        Tensor unsigned = Tensor.of(DataType.UINT8, Shape.of(1), new Values.Bytes(new byte[] {-1}));
        Tensor large = Tensor.of(DataType.UINT64, Shape.of(1), new Values.Longs(new long[] {-1}));

        assertThat(rows(Map.of("y", bool))).contains("[true, false");
        assertThat(rows(Map.of("y", unsigned))).contains("[255");
        assertThat(rows(Map.of("y", large))).contains("[18446744073709551615");
    }

    @Test
    void writesOnlyItsOwnRowsOfASharedBatch() {
        Tensor batch = Tensor.floats(Shape.of(4, 2), 1, 2, 3, 4, 5, 6, 7, 8);

        assertThat(rows(Map.of("y", batch.rows(1, 2)))).contains("[[3.0, 4.0], [5.0, 6.0]");
    }

    @Test
    void writesNothingForNoRows() {
        assertThat(rows(Map.of("y", Tensor.floats(Shape.of(0, 3))))).contains("\"predictions\": []");
    }

    @Test
    void refusesOutputsThatHaveNoCommonRows() {
        assertThatThrownBy(() -> rows(Map.of())).hasMessageContaining("empty tensor map");
        assertThatThrownBy(() -> rows(Map.of("y", Tensor.floats(Shape.SCALAR, 1)))).hasMessageContaining("no shape information");
        assertThatThrownBy(() -> rows(Map.of("y", Tensor.longs(Shape.of(0)), "z", Tensor.longs(Shape.of(1), 1))))
                .hasMessageContaining("inconsistent batch size");
    }

    @Test
    void refusesTypesWithoutJsonForm() {
        Tensor half = Tensor.of(DataType.HALF, Shape.of(1), new Values.Shorts(new short[1]));
        assertThatThrownBy(() -> rows(Map.of("y", half))).hasMessageContaining("tensor type: half");
    }
}
