package dev.tideline.starter.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.storage.StorageUnavailableException;
import java.io.IOException;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.CannotCreateTransactionException;

class FailuresTest {

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(new TidelineException(CommonError.CONFLICT, "x"), CommonError.CONFLICT),
                Arguments.of(new DataAccessResourceFailureException("x"), CommonError.DATABASE_UNAVAILABLE),
                Arguments.of(new CannotAcquireLockException("deadlock"), CommonError.DATABASE_UNAVAILABLE),
                Arguments.of(new CannotCreateTransactionException("x"), CommonError.DATABASE_UNAVAILABLE),
                Arguments.of(new TimeoutException("x"), CommonError.BROKER_UNAVAILABLE),
                Arguments.of(new StorageUnavailableException("x", true, new IOException()), CommonError.STORAGE_UNAVAILABLE),
                Arguments.of(new DuplicateKeyException("x"), CommonError.INTERNAL),
                Arguments.of(new IllegalStateException("x"), CommonError.INTERNAL));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void everyExceptionHasACode(Throwable failure, ErrorCode code) {
        assertThat(Failures.codeOf(failure)).isEqualTo(code);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void codeInsideWrappersIsFound(Throwable failure, ErrorCode code) {
        assertThat(Failures.codeOf(new IllegalStateException(new CompletionException(failure)))).isEqualTo(code);
    }

    @Test
    void causeInACircleEnds() {
        Exception first = new Exception();
        first.initCause(new Exception(first));

        assertThat(Failures.codeOf(first)).isEqualTo(CommonError.INTERNAL);
    }

    @Test
    void statusFitsTheCategory() {
        assertThat(CommonError.values()).allSatisfy(code -> assertThat(code.status()).isBetween(
                code.category() == Category.CALLER || code.category() == Category.OVERLOADED ? 400 : 500,
                code.category() == Category.CALLER || code.category() == Category.OVERLOADED ? 499 : 599));
    }
}
