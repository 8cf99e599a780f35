package dev.tideline.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class OptimizerReaderTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Schedule THOUSANDTH = new Schedule.Constant(0.001);
    private static final Schedule HUNDREDTH = new Schedule.Constant(0.01);

    private final List<Problem> problems = new ArrayList<>();

    static Stream<Arguments> forms() {
        return Stream.of(
            Arguments.of("\"sgd\"", new Optimizer.Sgd(HUNDREDTH)),
            Arguments.of("{\"sgd\":{\"learningRate\":0.5}}", new Optimizer.Sgd(new Schedule.Constant(0.5))),
            Arguments.of("\"momentum\"", new Optimizer.Momentum(HUNDREDTH, 0.9, false)),
            Arguments.of("{\"momentum\":{\"momentum\":0.5,\"nesterov\":true}}", new Optimizer.Momentum(HUNDREDTH, 0.5, true)),
            Arguments.of("\"adam\"", new Optimizer.Adam(THOUSANDTH, 0.9, 0.999, 1e-7)),
            Arguments.of("{\"adam\":{\"beta1\":0.8,\"beta2\":0.9,\"epsilon\":0.1}}", new Optimizer.Adam(THOUSANDTH, 0.8, 0.9, 0.1)),
            Arguments.of("{\"adamW\":{\"weightDecay\":0.1}}", new Optimizer.AdamW(THOUSANDTH, 0.9, 0.999, 1e-7, 0.1)),
            Arguments.of("\"adagrad\"", new Optimizer.Adagrad(HUNDREDTH, 0.1, 1e-7)),
            Arguments.of("{\"rmsProp\":{\"rho\":0.5,\"momentum\":0.1}}", new Optimizer.RmsProp(THOUSANDTH, 0.5, 0.1, 1e-7)),
            Arguments.of("{\"ftrl\":{\"l1\":0.1,\"l2\":0.2}}", new Optimizer.Ftrl(HUNDREDTH, 0.5, 0.1, 0.1, 0.2)));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void eachOptimizerHasAForm(String json, Optimizer expected) {
        assertThat(read(json)).isEqualTo(expected);
        assertThat(problems).isEmpty();
    }

    static Stream<Arguments> schedules() {
        return Stream.of(
            Arguments.of("0.3", new Schedule.Constant(0.3)),
            Arguments.of("{\"step\":{\"rate\":0.1,\"every\":50,\"factor\":0.1}}", new Schedule.Step(0.1, 50, 0.1)),
            Arguments.of("{\"cosine\":{\"rate\":0.1,\"end\":0.01}}", new Schedule.Cosine(0.1, 0.01)),
            Arguments.of("{\"warmUp\":{\"steps\":9,\"then\":0.2}}", new Schedule.WarmUp(9, new Schedule.Constant(0.2))),
            Arguments.of("{\"warmUp\":{\"steps\":9,\"then\":{\"cosine\":{\"rate\":0.2}}}}",
                new Schedule.WarmUp(9, new Schedule.Cosine(0.2, 0))));
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void theLearningRateMayBeASchedule(String json, Schedule expected) {
        assertThat(read("{\"sgd\":{\"learningRate\":" + json + "}}").learningRate()).isEqualTo(expected);
        assertThat(problems).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"adam":{"beta1":1.1}}                                 | /o/adam/beta1
        {"adam":{"learningRate":-1}}                           | /o/adam/learningRate
        {"adam":{"learningRate":{"linear":{}}}}                | /o/adam/learningRate/linear
        {"adam":{"learningRate":{"step":{"every":0}}}}         | /o/adam/learningRate/step/every
        {"adam":{"learningRate":{"warmUp":{"then":{"cosine":{"rate":-1}}}}}} | /o/adam/learningRate/warmUp/then/cosine/rate
        {"adam":{"momentum":0.9}}                              | /o/adam/momentum
        {"momentum":{"nesterov":"yes"}}                        | /o/momentum/nesterov
        {"ftrl":{"power":2}}                                   | /o/ftrl/power
        """)
    void aWrongFieldIsNamed(String json, String pointer) {
        read(json);

        assertThat(problems).extracting(Problem::pointer).containsExactly(pointer);
    }

    @Test
    void anUnknownOptimizerListsTheChoices() {
        read("\"lion\"");

        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.expected()).contains("adam", "sgd", "ftrl"));
    }

    @Test
    void noneIsAdam() {
        assertThat(OptimizerReader.read(null, "/o", problems)).isInstanceOf(Optimizer.Adam.class);
    }

    private Optimizer read(String json) {
        return OptimizerReader.read(JSON.readTree(json), "/o", problems);
    }
}
