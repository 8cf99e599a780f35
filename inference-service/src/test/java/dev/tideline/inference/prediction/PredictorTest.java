package dev.tideline.inference.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.batching.Priority;
import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.DataType;
import dev.tideline.inference.tensor.Shape;
import dev.tideline.inference.tensor.Signature;
import dev.tideline.inference.tensor.SpecShape;
import dev.tideline.inference.tensor.Tensor;
import dev.tideline.inference.tensor.TensorSpec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PredictorTest {

    private static final Tensor ONE = Tensor.floats(Shape.of(1), 1);
    private static final Signature SIGNATURE = new Signature("serving_default", "", new TreeMap<>(Map.of(
            "x", new TensorSpec("x", "x", DataType.FLOAT, SpecShape.of(-1)),
            "n", new TensorSpec("n", "n", DataType.INT64, SpecShape.of(-1)),
            "d", new TensorSpec("d", "d", DataType.FLOAT, SpecShape.of(-1)))),
            new TreeMap<>(), Map.of("d", ONE));

    @Test
    void fillsInDefaults() {
        assertThat(InputCheck.check(SIGNATURE, Map.of("x", ONE, "n", Tensor.longs(Shape.of(1), 1))).inputs()).containsEntry("d", ONE);
    }

    @Test
    void namesAllInputsThatAreTooManyOrTooFew() {
        assertThatThrownBy(() -> InputCheck.check(SIGNATURE, Map.of("x", ONE, "other", ONE)))
                .isInstanceOfSatisfying(StatusException.class, e -> assertThat(e.code()).isEqualTo(StatusCode.INVALID_ARGUMENT))
                .hasMessageContaining("Sent extra: {other}. Missing but required: {n}.");
    }

    @Test
    void namesAllInputsOfOtherTypeOrShape() {
        assertThatThrownBy(() -> InputCheck.check(SIGNATURE, Map.of("x", Tensor.floats(Shape.of(1, 2), 1, 2), "n", Tensor.text(Shape.of(1), "a"))))
                .hasMessage("input n: expected to be int64 but string is provided; input x: shape [1,2] (expected: [-1])");
    }

    @Test
    void shapesBesideTheSignatureAreNamedOnlyWhenTheGraphRefusesThem() {
        InputCheck.Checked checked = InputCheck.check(SIGNATURE, Map.of("x", Tensor.floats(Shape.of(1, 2), 1, 2), "n", Tensor.longs(Shape.of(1), 1)));
        StatusException graph = StatusException.invalid("Incompatible shapes");
        StatusException late = new StatusException(StatusCode.DEADLINE_EXCEEDED, "deadline: over");

        assertThat(checked.explain(graph)).hasMessageContaining("input x: shape [1,2] (expected: [-1]): Incompatible shapes");
        assertThat(checked.explain(late)).isSameAs(late);
        assertThat(new InputCheck.Checked(Map.of(), "").explain(graph)).isSameAs(graph);
    }

    @Test
    void namesRequestsThatHaveNoName() {
        RequestIds ids = new RequestIds(new Random(1));

        assertThat(ids.orNew("mine")).isEqualTo("mine");
        assertThat(ids.orNew(null)).isNotEqualTo(ids.orNew(null)).matches("[0-9a-f]{16}-[0-9a-z]+");
        assertThat(new RequestIds(new Random(2)).orNew(null)).isNotEqualTo(new RequestIds(new Random(1)).orNew(null));
    }

    @Test
    void refusesIdsThatFitNoHeader() {
        RequestIds ids = new RequestIds(new Random(1));

        assertThatThrownBy(() -> ids.orNew("a b")).hasMessageContaining("Tideline-Request-Id: a b (expected:");
        assertThatThrownBy(() -> ids.orNew("a".repeat(129))).hasMessageContaining("129 characters (expected: 1 to 128");
    }

    @Test
    void readsPriorityAndTheShorterTime() {
        Duration most = Duration.ofSeconds(30);

        assertThat(RequestTerms.of(null, null, most)).isEqualTo(new RequestTerms(Priority.DEFAULT, most));
        assertThat(RequestTerms.of("sheddable", "250", most)).isEqualTo(new RequestTerms(Priority.SHEDDABLE, Duration.ofMillis(250)));
        assertThat(RequestTerms.of("critical", "9223372036854775807", most)).isEqualTo(new RequestTerms(Priority.CRITICAL, most));
    }

    @Test
    void refusesTermsThatMeanNothing() {
        assertThatThrownBy(() -> RequestTerms.of("high", null, Duration.ZERO))
                .hasMessage("Tideline-Priority: high (expected: critical, default or sheddable)");
        for (String wrong : List.of("0", "-5", "1.5", "soon", "9".repeat(200))) {
            assertThatThrownBy(() -> RequestTerms.of(null, wrong, Duration.ZERO)).hasMessageContaining("(expected: a whole number above 0)");
        }
    }
}
