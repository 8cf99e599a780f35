package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.tideline.contracts.Problem;
import dev.tideline.training.model.Layer.Activation;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class DefinitionReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void aFullDefinitionIsReadFieldByField() {
        var definition = read("""
            {"dataset":"trips",
             "inputs":[{"feature":"distance","transform":"log"},
                       {"feature":"station","transform":{"vocabulary":{"size":50,"oov":2}}}],
             "layers":[{"dense":{"units":32,"activation":"relu","l2":0.001}},{"dropout":{"rate":0.2}},"layerNorm"],
             "head":{"binary":{"positive":"yes"}},
             "optimizer":{"sgd":{"learningRate":0.1}},
             "training":{"epochs":7,"batchSize":64,"replicas":2,"seed":-5,"shuffleBuffer":100,"clipNorm":1.5},
             "gate":{"metric":"auc","minimumImprovement":0.01,"thresholds":{"accuracy":0.6,"logLoss":0.7}}}""");

        assertThat(definition.dataset()).isEqualTo("trips");
        assertThat(definition.inputs()).containsExactly(
            new Input("distance", new Transform.Log()), new Input("station", new Transform.Vocabulary(50, 2)));
        assertThat(definition.layers()).containsExactly(
            new Layer.Dense(32, Activation.RELU, 0.001), new Layer.Dropout(0.2), new Layer.LayerNorm());
        assertThat(definition.head()).isEqualTo(new Head.Binary("yes"));
        assertThat(definition.optimizer()).isEqualTo(new Optimizer.Sgd(new Schedule.Constant(0.1)));
        assertThat(definition.training()).isEqualTo(new TrainingPlan(7, 64, 2, -5, 100, 1.5));
        assertThat(definition.gate().metric()).isEqualTo("auc");
        assertThat(definition.gate().minimumImprovement()).isEqualTo(0.01);
        assertThat(definition.gate().limits()).containsExactly(GateRule.Limit.worst("accuracy", 0.6), GateRule.Limit.worst("logLoss", 0.7));
    }

    @Test
    void whatIsLeftOutHasADefault() {
        var definition = read("{\"dataset\":\"trips\",\"head\":\"binary\"}");

        assertThat(definition.inputs()).isEmpty();
        assertThat(definition.layers()).isEmpty();
        assertThat(definition.optimizer()).isEqualTo(new Optimizer.Adam(new Schedule.Constant(0.001), 0.9, 0.999, 1e-7));
        assertThat(definition.training()).isEqualTo(new TrainingPlan(5, 256, 1, 1, 50_000, 0));
        assertThat(definition.gate()).isEqualTo(new GateRule("accuracy", 0));
    }

    @ParameterizedTest
    @CsvSource({"binary,accuracy", "multiclass,accuracy", "regression,rmse"})
    void theGateLooksAtTheHeadsFirstMetric(String head, String metric) {
        var definition = read("{\"dataset\":\"trips\",\"head\":\"" + head + "\"}");

        assertThat(definition.gate().metric()).isEqualTo(metric);
    }

    @Test
    void aTransformIsStandardisationUnlessSaidOtherwise() {
        var definition = read("{\"dataset\":\"trips\",\"head\":\"binary\",\"inputs\":[{\"feature\":\"x\"}]}");

        assertThat(definition.inputs()).containsExactly(new Input("x", new Transform.Standardise()));
    }

    @Test
    void aFeatureMayEnterTwiceInDifferentForms() {
        var definition = read("""
            {"dataset":"trips","head":"binary","inputs":[{"feature":"x","transform":"log"},{"feature":"x","transform":"bucketise"}]}""");

        assertThat(definition.inputs()).hasSize(2);
    }

    @Test
    void anEmptyObjectMissesDatasetAndHead() {
        assertThat(problems("{}")).extracting(Problem::code, Problem::pointer)
            .containsExactly(tuple("MISSING", "/dataset"), tuple("MISSING", "/head"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        []                                                              |                       | WRONG_TYPE
        "text"                                                          |                       | WRONG_TYPE
        {"dataset":5,"head":"binary"}                                   | /dataset              | WRONG_TYPE
        {"dataset":" ","head":"binary"}                                 | /dataset              | WRONG_TYPE
        {"dataset":"d\\u0000","head":"binary"}                          | /dataset              | WRONG_TYPE
        {"dataset":"d","head":"ternary"}                                | /head                 | UNKNOWN_VALUE
        {"dataset":"d","head":5}                                        | /head                 | WRONG_TYPE
        {"dataset":"d","head":{"binary":{},"regression":{}}}            | /head                 | WRONG_TYPE
        {"dataset":"d","head":{"binary":{"negative":"no"}}}             | /head/binary/negative | UNKNOWN_FIELD
        {"dataset":"d","head":"binary","layers":{}}                     | /layers               | WRONG_TYPE
        {"dataset":"d","head":"binary","layers":[7]}                    | /layers/0             | WRONG_TYPE
        {"dataset":"d","head":"binary","layers":["dense"]}              | /layers/0/units       | MISSING
        {"dataset":"d","head":"binary","layers":[{"conv9d":{}}]}        | /layers/0/conv9d      | UNKNOWN_VALUE
        {"dataset":"d","head":"binary","inputs":[{}]}                   | /inputs/0/feature     | MISSING
        {"dataset":"d","head":"binary","inputs":[{"feature":"x","by":1}]} | /inputs/0/by        | UNKNOWN_FIELD
        {"dataset":"d","head":"binary","training":{"epochs":0}}         | /training/epochs      | OUT_OF_RANGE
        {"dataset":"d","head":"binary","training":{"epochs":1.5}}       | /training/epochs      | WRONG_TYPE
        {"dataset":"d","head":"binary","training":{"epochs":"many"}}    | /training/epochs      | WRONG_TYPE
        {"dataset":"d","head":"binary","training":{"batchSize":2,"replicas":4}} | /training/replicas | OUT_OF_RANGE
        {"dataset":"d","head":"binary","training":{"clipNorm":-1}}      | /training/clipNorm    | OUT_OF_RANGE
        {"dataset":"d","head":"binary","gate":{"metric":"rmse"}}        | /gate/metric          | UNKNOWN_VALUE
        {"dataset":"d","head":"binary","gate":{"minimumImprovement":"a"}} | /gate/minimumImprovement | WRONG_TYPE
        {"dataset":"d","head":"binary","gate":{"thresholds":{"mae":1}}} | /gate/thresholds/mae  | UNKNOWN_FIELD
        {"dataset":"d","head":"binary","colour":"red"}                  | /colour               | UNKNOWN_FIELD
        """)
    void aProblemIsNamedByItsPlace(String json, String pointer, String code) {
        assertThat(problems(json)).extracting(Problem::pointer, Problem::code)
            .contains(tuple(pointer == null ? "" : pointer, code));
    }

    @Test
    void theSameInputTwiceIsAProblem() {
        var found = problems("""
            {"dataset":"d","head":"binary","inputs":[{"feature":"x"},{"feature":"x","transform":"standardise"}]}""");

        assertThat(found).extracting(Problem::code, Problem::pointer).containsExactly(tuple("DUPLICATE", "/inputs/1"));
    }

    @Test
    void allProblemsComeAtOnce() {
        var found = problems("""
            {"inputs":[{"feature":"x","transform":"wobble"}],"layers":[{"dense":{"units":-1}}],"head":"binary",
             "optimizer":{"adam":{"beta1":2}},"training":{"epochs":0,"seeds":1}}""");

        assertThat(found).extracting(Problem::pointer).containsExactlyInAnyOrder("/dataset", "/inputs/0/transform",
            "/layers/0/dense/units", "/optimizer/adam/beta1", "/training/epochs", "/training/seeds");
    }

    @Test
    void theMessageCountsTheProblems() {
        assertThatThrownBy(() -> read("{\"dataset\":\"d\"}")).hasMessageStartingWith("model definition: 1 problem: ");
        assertThatThrownBy(() -> read("{}")).hasMessageStartingWith("model definition: 2 problems: ");
    }

    private static ModelDefinition read(String json) {
        return DefinitionReader.read(JSON.readTree(json));
    }

    private static List<Problem> problems(String json) {
        try {
            read(json);
            return List.of();
        } catch (InvalidDefinitionException invalid) {
            return invalid.problems();
        }
    }
}
