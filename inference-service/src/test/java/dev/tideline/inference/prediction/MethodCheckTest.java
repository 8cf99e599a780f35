package dev.tideline.inference.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tideline.inference.status.StatusCode;
import dev.tideline.inference.status.StatusException;
import dev.tideline.inference.tensor.Signature;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MethodCheckTest {

    private static Signature signature(String method) {
        return new Signature("s", method, new TreeMap<>(), new TreeMap<>(), Map.of());
    }

    private static MethodCheck checking(boolean wanted) {
        return new MethodCheck(new PredictionProperties(wanted));
    }

    @DisplayName("G01, G02, G03: signatures of another method, with the check")
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "GRPC_PREDICT ; other ; INTERNAL ; Expected prediction signature method_name to be one of {",
        "REST_PREDICT ; '' ; INTERNAL ; Expected prediction signature method_name to be one of {",
        "GRPC_CLASSIFY ; tensorflow/serving/regress ; INVALID_ARGUMENT ; Expected classification signature method_name to be tensorflow/serving/classify",
        "GRPC_MULTI_CLASSIFY ; tensorflow/serving/regress ; INVALID_ARGUMENT ; Expected classification signature method_name to be tensorflow/serving/classify",
        "GRPC_MULTI_REGRESS ; tensorflow/serving/classify ; INVALID_ARGUMENT ; Expected regression signature method_name to be tensorflow/serving/regress",
        "REST_REGRESS ; tensorflow/serving/predict ; INVALID_ARGUMENT ; Expected regression signature method_name to be tensorflow/serving/regress"
    })
    void refusesSignaturesOfAnotherMethod(EntryPoint entryPoint, String method, StatusCode code, String text) {
        assertThatThrownBy(() -> checking(true).check(entryPoint, signature(method))).isInstanceOfSatisfying(StatusException.class,
                refusal -> assertThat(refusal.code()).isEqualTo(code)).hasMessageContaining(text);
        assertThatCode(() -> checking(false).check(entryPoint, signature(method))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "GRPC_PREDICT, predict", "REST_PREDICT, classify", "REST_PREDICT, regress", "REST_CLASSIFY, classify", "GRPC_REGRESS, regress",
        "GRPC_MULTI_CLASSIFY, classify", "GRPC_MULTI_REGRESS, regress"
    })
    void takesSignaturesOfItsMethod(EntryPoint entryPoint, String method) {
        assertThatCode(() -> checking(true).check(entryPoint, signature("tensorflow/serving/" + method))).doesNotThrowAnyException();
    }
}
