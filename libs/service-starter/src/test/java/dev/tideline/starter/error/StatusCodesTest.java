package dev.tideline.starter.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class StatusCodesTest {

    @ParameterizedTest
    @CsvSource({
        "400, BAD_REQUEST", "401, UNAUTHORIZED", "404, NOT_FOUND", "405, METHOD_NOT_ALLOWED", "406, NOT_ACCEPTABLE",
        "409, CONFLICT", "413, PAYLOAD_TOO_LARGE", "415, UNSUPPORTED_MEDIA_TYPE", "429, TOO_MANY_REQUESTS", "503, UNAVAILABLE",
        "418, BAD_REQUEST", "500, INTERNAL", "502, INTERNAL", "200, INTERNAL"
    })
    void bareStatusHasACode(int status, CommonError code) {
        assertThat(StatusCodes.codeOf(status)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"BAD_REQUEST, CALLER", "CONFLICT, CALLER", "TOO_MANY_REQUESTS, OVERLOADED", "INTERNAL, INTERNAL", "STORAGE_UNAVAILABLE, UNAVAILABLE"})
    void categoryFollowsFromTheStatus(CommonError code, Category category) {
        assertThat(code.category()).isEqualTo(category);
    }

    @ParameterizedTest
    @EnumSource(CommonError.class)
    void codeIsFoundAgainByItsStatusInTheSameCategory(CommonError code) {
        assertThat(StatusCodes.codeOf(code.status()).category()).isEqualTo(code.category());
    }

    @ParameterizedTest
    @EnumSource(CommonError.class)
    void onlyFailuresThatMayPassSuggestToTryAgain(CommonError code) {
        boolean passes = code.category() == Category.OVERLOADED || code.category() == Category.UNAVAILABLE;

        assertThat(code.retryAfterSeconds() > 0).isEqualTo(passes);
    }
}
