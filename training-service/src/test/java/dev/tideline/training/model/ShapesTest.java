package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class ShapesTest {

    private static final Map<String, List<Dims>> INPUTS = new LinkedHashMap<>();

    static {
        INPUTS.put("photo", List.of(Dims.image(28, 28, 3)));
        INPUTS.put("a", List.of(Dims.flat(4)));
        INPUTS.put("b", List.of(Dims.flat(Dims.UNKNOWN), Dims.flat(2)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "flatten" | [2352]
        {"conv2d":{"filters":8}} | [28, 28, 8]
        {"conv2d":{"filters":8,"padding":"valid"}} | [26, 26, 8]
        {"conv2d":{"filters":8,"kernel":[5,1],"stride":3,"padding":"valid"}} | [8, 10, 8]
        {"conv2d":{"filters":8,"stride":3}} | [10, 10, 8]
        {"depthwiseConv2d":{"multiplier":2}} | [28, 28, 6]
        "maxPool" | [14, 14, 3]
        {"averagePool":{"size":3}} | [13, 13, 3]
        "globalMaxPool" | [3]
        "globalAveragePool" | [3]
        "batchNorm" | [28, 28, 3]
        {"reshape":{"shape":[14,56,3]}} | [14, 56, 3]
        {"residual":{"layers":[{"conv2d":{"filters":16,"stride":2}}]}} | [14, 14, 16]
        {"branches":{"named":{"x":{"layers":["maxPool"]},"y":{"layers":["averagePool"]}}}} | [14, 14, 6]
        {"branches":{"combine":"add","named":{"x":{"layers":["maxPool"]},"y":{"layers":["averagePool"]}}}} | [14, 14, 3]
        {"branches":{"named":{"x":{"inputs":["a","b"]},"y":{"inputs":["a"],"layers":[{"dense":{"units":7}}]}}}} | [?]
        """)
    void aLayerGivesItsShape(String layer, String expected) {
        var problems = new ArrayList<Problem>();

        var dims = new Shapes(INPUTS, problems).after(layer(layer), "/layers/0", Dims.image(28, 28, 3));

        assertThat(problems).isEmpty();
        assertThat(String.valueOf(dims)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [{"dense":{"units":3}}] | /layers/0 | dense gets [28, 28, 3] | flat values, [n]: flatten or pool them first
        ["flatten","maxPool"] | /layers/1 | maxPool gets [2352] | an image, [height, width, channels]: reshape first
        ["batchNorm"] | /layers | output [28, 28, 3] | flat values for the head, [n]: end with flatten or a global pooling
        [{"conv2d":{"filters":1,"kernel":29,"padding":"valid"}},"flatten"] | /layers/0 | conv2d of 29 by 29 gets [28, 28, 3] | an image at least as large as the window
        [{"reshape":{"shape":[100]}}] | /layers/0 | reshape of [28, 28, 3] to [100] | as many numbers as it gets, 2352
        ["flatten",{"residual":{"layers":[{"reshape":{"shape":[28,28,3]}}]}},"flatten"] | /layers/1 | residual from [2352] to [28, 28, 3] | two flat shapes, or two images, the second smaller by a whole stride
        [{"residual":{"layers":["flatten","maxPool"]}}] | /layers/0/residual/layers/1 | maxPool gets [2352] | an image, [height, width, channels]: reshape first
        [{"branches":{"named":{"p":{"layers":["flatten"]},"q":{"layers":["maxPool"]}}}}] | /layers/0/branches/named/q | [14, 14, 3] beside [2352] | shapes that are equal but for the last dimension
        [{"branches":{"combine":"add","named":{"p":{"layers":["flatten"]},"q":{"inputs":["a"]}}}}] | /layers/0/branches/named/q | branch q gives [4] | the shape of the branches before it, [2352]
        ["flatten",{"concat":{"inputs":["gone"]}}] | /layers/1/concat/inputs/0 | gone | one of [photo]
        """)
    void whatDoesNotFitIsNamedWithWhatItGetsAndWhatItNeeds(String layers, String pointer, String value, String expected) {
        var inputs = new LinkedHashMap<String, List<Dims>>();
        inputs.put("photo", List.of(Dims.image(28, 28, 3)));
        if (layers.contains("\"a\"")) {
            inputs.put("a", List.of(Dims.flat(4)));
        }

        assertThat(problems(layers, inputs)).extracting(Problem::pointer, Problem::value, Problem::expected)
            .containsExactly(tuple(pointer, value, expected));
    }

    @Test
    void inputsThatNoLayerNamesFlowTogether() {
        assertThat(problems("[]", Map.of("photo", List.of(Dims.image(2, 2, 1)), "a", List.of(Dims.flat(4)))))
            .singleElement().satisfies(problem -> assertThat(problem.pointer()).isEqualTo("/inputs"));
        assertThat(problems("[\"flatten\",{\"concat\":{\"inputs\":[\"a\",\"b\"]}},{\"dense\":{\"units\":2}}]", INPUTS)).isEmpty();
    }

    @Test
    void anInputThatNoBranchTakesIsAProblem() {
        assertThat(problems("[{\"branches\":{\"named\":{\"w\":{\"inputs\":[\"b\"]}}}}]", Map.of("a", List.of(Dims.flat(1)), "b", List.of(Dims.flat(1)))))
            .extracting(Problem::value).containsExactly("inputs [a] that no branch takes");
    }

    @Test
    void aLayerWithoutAnythingToTakeIsAProblem() {
        var inputs = Map.of("a", List.of(Dims.flat(1)));

        assertThat(problems("[\"layerNorm\",{\"concat\":{\"inputs\":[\"a\"]}}]", inputs)).extracting(Problem::value)
            .containsExactly("layerNorm gets nothing");
        assertThat(problems("[{\"branches\":{\"named\":{\"p\":{\"inputs\":[\"a\"]},\"q\":{}}}}]", inputs)).extracting(Problem::value)
            .containsExactly("branch q gets nothing");
    }

    @Test
    void oneMistakeIsOneProblem() {
        assertThat(problems("[{\"dense\":{\"units\":3}},\"maxPool\",{\"conv2d\":{\"filters\":1}},\"batchNorm\"]",
            Map.of("photo", List.of(Dims.image(2, 2, 1))))).hasSize(1);
    }

    @Test
    void whatNoMachineHoldsIsAProblem() {
        assertThat(problems("[{\"conv2d\":{\"filters\":65536,\"kernel\":1}},{\"conv2d\":{\"filters\":65536,\"kernel\":1}},\"flatten\"]",
            Map.of("photo", List.of(Dims.image(1_000, 1_000, 4))))).extracting(Problem::value)
            .containsExactly("conv2d gives [1000, 1000, 65536]");
        assertThat(problems("[{\"dense\":{\"units\":65536}},{\"dense\":{\"units\":65536}}]", Map.of("a", List.of(Dims.flat(1)))))
            .extracting(Problem::value).containsExactly("dense has 4294967296 weights");
    }

    @Test
    void unknownWidthsAreGivenTheBenefitOfTheDoubt() {
        var inputs = Map.of("b", List.of(Dims.flat(Dims.UNKNOWN)));

        assertThat(problems("[{\"reshape\":{\"shape\":[4,4,1]}},\"flatten\"]", inputs)).isEmpty();
        assertThat(problems("[{\"residual\":{\"layers\":[{\"dense\":{\"units\":3}}]}}]", inputs)).isEmpty();
    }

    private static Layer layer(String json) {
        var problems = new ArrayList<Problem>();
        var layer = LayerReader.read(Variant.read(JsonMapper.builder().build().readTree(json), "/layers/0", problems)).orElseThrow();
        assertThat(problems).isEmpty();
        return layer;
    }

    private static List<Problem> problems(String layers, Map<String, List<Dims>> inputs) {
        var problems = new ArrayList<Problem>();
        var json = JsonMapper.builder().build().readTree("{\"layers\":" + layers + "}");
        var read = LayerReader.list(new Fields(json, "", problems), "layers");
        assertThat(problems).isEmpty();
        Shapes.check(read, inputs, problems);
        return problems;
    }
}
