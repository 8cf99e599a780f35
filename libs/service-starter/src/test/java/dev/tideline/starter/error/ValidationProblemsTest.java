package dev.tideline.starter.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.validation.MapBindingResult;

class ValidationProblemsTest {

    private final MapBindingResult errors = new MapBindingResult(new java.util.HashMap<>(), "model");

    @ParameterizedTest
    @CsvSource({"name, /name", "layers[0].units, /layers/0/units", "gate.metric, /gate/metric", "steps[2], /steps/2"})
    void fieldBecomesJsonPointer(String field, String pointer) {
        errors.rejectValue(field, "Min", "must be at least 1");

        assertThat(ValidationProblems.of(errors)).extracting(Problem::pointer).containsExactly(pointer);
    }

    @ParameterizedTest
    @CsvSource({"NotBlank, NOT_BLANK", "Min, MIN", "typeMismatch, TYPE_MISMATCH"})
    void constraintBecomesCode(String constraint, String code) {
        errors.rejectValue("name", constraint, "x");

        assertThat(ValidationProblems.of(errors)).extracting(Problem::code).containsExactly(code);
    }

    @Test
    void messageOfTheConstraintIsWhatWasExpected() {
        errors.rejectValue("units", "Max", "must be at most 4096");

        assertThat(ValidationProblems.of(errors)).extracting(Problem::expected).containsExactly("must be at most 4096");
    }

    @Test
    void constraintWithoutMessageStillSaysSomething() {
        errors.rejectValue("units", "Max");

        assertThat(ValidationProblems.of(errors)).extracting(Problem::expected).containsExactly("a valid value");
    }

    @Test
    void problemOfTheWholePointsAtTheWhole() {
        errors.reject("Consistent", "evaluation and training must differ");

        assertThat(ValidationProblems.of(errors)).containsExactly(
                new Problem("CONSISTENT", "", "null", "evaluation and training must differ"));
    }

    @Test
    void everyProblemIsListed() {
        List.of("a", "b", "c").forEach(field -> errors.rejectValue(field, "Min", "x"));

        assertThat(ValidationProblems.of(errors)).extracting(Problem::pointer).containsExactly("/a", "/b", "/c");
    }
}
