package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.contracts.Problem;
import dev.tideline.training.model.Layer.Activation;
import dev.tideline.training.model.Layer.Combine;
import dev.tideline.training.model.Layer.Padding;
import dev.tideline.training.model.Layer.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class LayerReaderTest {

    private final List<Problem> problems = new ArrayList<>();

    @Test
    void everyLayerIsReadFieldByField() {
        assertThat(read("""
            [{"conv2d":{"filters":8,"kernel":[3,5],"stride":2,"padding":"valid","activation":"relu","l2":0.1}},
             {"depthwiseConv2d":{"multiplier":2,"kernel":5,"activation":"elu"}},
             {"maxPool":{"size":3,"stride":1,"padding":"same"}},"averagePool","globalMaxPool","globalAveragePool","flatten",
             {"reshape":{"shape":[2,2,1]}},{"batchNorm":{"momentum":0.9,"epsilon":0.01}},{"activation":{"function":"selu"}},
             {"concat":{"inputs":["a","b"]}},{"residual":{"layers":["layerNorm"],"activation":"relu"}},
             {"branches":{"combine":"add","named":{"deep":{"inputs":["a"],"layers":[{"dense":{"units":1,"groupLasso":0.01}}]},"wide":{}}}}]"""))
            .containsExactly(
                new Layer.Conv2d(8, new Window(3, 5, 2, Padding.VALID), Activation.RELU, 0.1),
                new Layer.DepthwiseConv2d(2, new Window(5, 5, 1, Padding.SAME), Activation.ELU),
                new Layer.MaxPool(new Window(3, 3, 1, Padding.SAME)), new Layer.AveragePool(new Window(2, 2, 2, Padding.VALID)),
                new Layer.GlobalMaxPool(), new Layer.GlobalAveragePool(), new Layer.Flatten(), new Layer.Reshape(List.of(2, 2, 1)),
                new Layer.BatchNorm(0.9, 0.01), new Layer.Activate(Activation.SELU), new Layer.Concat(List.of("a", "b")),
                new Layer.Residual(List.of(new Layer.LayerNorm()), Activation.RELU),
                new Layer.Branches(Map.of("deep", new Layer.Branch(List.of("a"), List.of(new Layer.Dense(1, Activation.LINEAR, 0, 0.01))),
                    "wide", new Layer.Branch(List.of(), List.of())), Combine.ADD));
        assertThat(problems).isEmpty();
    }

    @Test
    void branchesKeepTheirOrder() {
        var branches = (Layer.Branches) read("[{\"branches\":{\"named\":{\"z\":{},\"a\":{},\"m\":{}}}}]").getFirst();

        assertThat(branches.named().keySet()).containsExactly("z", "a", "m");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "dense"                                          | /layers/0/units                              | MISSING
        "conv2d"                                         | /layers/0/filters                            | MISSING
        {"conv2d":{"filters":1,"kernel":0}}              | /layers/0/conv2d/kernel                      | OUT_OF_RANGE
        {"conv2d":{"filters":1,"kernel":[1,2,3]}}        | /layers/0/conv2d/kernel                      | OUT_OF_RANGE
        {"conv2d":{"filters":1,"kernel":[0,2]}}          | /layers/0/conv2d/kernel                      | OUT_OF_RANGE
        {"conv2d":{"filters":1,"padding":"full"}}        | /layers/0/conv2d/padding                     | UNKNOWN_VALUE
        {"conv2d":{"filters":1,"strides":2}}             | /layers/0/conv2d/strides                     | UNKNOWN_FIELD
        {"maxPool":{"stride":-1}}                        | /layers/0/maxPool/stride                     | OUT_OF_RANGE
        {"batchNorm":{"momentum":1.5}}                   | /layers/0/batchNorm/momentum                 | OUT_OF_RANGE
        "reshape"                                        | /layers/0/shape                              | MISSING
        {"reshape":{"shape":[2,2]}}                      | /layers/0/reshape/shape                      | OUT_OF_RANGE
        {"reshape":{"shape":[-1]}}                       | /layers/0/reshape/shape                      | OUT_OF_RANGE
        {"reshape":{"shape":"flat"}}                     | /layers/0/reshape/shape                      | WRONG_TYPE
        "concat"                                         | /layers/0/inputs                             | MISSING
        {"residual":{}}                                  | /layers/0/residual/layers                    | MISSING
        {"residual":{"layers":["wobble"]}}               | /layers/0/residual/layers/0                  | UNKNOWN_VALUE
        {"branches":{}}                                  | /layers/0/branches/named                     | MISSING
        {"branches":{"named":{}}}                        | /layers/0/branches/named                     | MISSING
        {"branches":{"named":{"a b":{}}}}                | /layers/0/branches/named/a b                 | INVALID_NAME
        {"branches":{"named":{"a":{"layer":[]}}}}        | /layers/0/branches/named/a/layer             | UNKNOWN_FIELD
        {"branches":{"combine":"mul","named":{"a":{}}}}  | /layers/0/branches/combine                   | UNKNOWN_VALUE
        {"activation":{"function":"swish"}}              | /layers/0/activation/function                | UNKNOWN_VALUE
        """)
    void aProblemIsNamedByItsPlace(String layer, String pointer, String code) {
        read("[" + layer + "]");

        assertThat(problems).extracting(Problem::pointer, Problem::code).containsExactly(tuple(pointer, code));
    }

    @Test
    void nestingHasALimit() {
        read("[" + "{\"residual\":{\"layers\":[".repeat(40) + "\"flatten\"" + "]}}".repeat(40) + "]");

        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.expected()).contains("at most 12 deep"));
    }

    @Test
    void soHasTheNumberOfLayers() {
        read("[" + "\"flatten\",".repeat(500) + "\"flatten\"]");

        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.code()).isEqualTo("OUT_OF_RANGE"));
    }

    private List<Layer> read(String layers) {
        var json = JsonMapper.builder().build().readTree("{\"layers\":" + layers + "}");
        return LayerReader.list(new Fields(json, "", problems), "layers");
    }
}
