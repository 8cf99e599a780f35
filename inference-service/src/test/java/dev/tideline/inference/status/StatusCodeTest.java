package dev.tideline.inference.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatusCodeTest {

    /** TensorFlow Serving's table of codes and HTTP statuses. */
    @ParameterizedTest
    @CsvSource({
        "OK, 200", "CANCELLED, 499", "UNKNOWN, 500", "INVALID_ARGUMENT, 400", "DEADLINE_EXCEEDED, 504", "NOT_FOUND, 404",
        "ALREADY_EXISTS, 409", "PERMISSION_DENIED, 403", "UNAUTHENTICATED, 401", "RESOURCE_EXHAUSTED, 429", "FAILED_PRECONDITION, 400",
        "ABORTED, 409", "OUT_OF_RANGE, 400", "UNIMPLEMENTED, 501", "INTERNAL, 500", "UNAVAILABLE, 503", "DATA_LOSS, 500"
    })
    void codesHaveTensorFlowServingsHttpStatus(StatusCode code, int status) {
        assertThat(code.httpStatus()).isEqualTo(status);
    }

    @Test
    void codesAreGrpcsByNumberAndName() {
        assertThat(StatusCode.values()).hasSize(Status.Code.values().length)
                .allSatisfy(code -> assertThat(Status.fromCodeValue(code.number()).getCode().name()).isEqualTo(code.name()));
    }
}
