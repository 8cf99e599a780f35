package dev.tideline.starter.error;

import dev.tideline.contracts.Problem;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import org.springframework.web.servlet.resource.NoResourceFoundException;

/**
 * Turns every exception of a controller into {@code application/problem+json}. Ordered last: a controller's own
 * {@code @ExceptionHandler}, or another advice, may answer in another form.
 */
@RestControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemAdvice extends ResponseEntityExceptionHandler {

    static final String INTERNAL_DETAIL = "The service met a fault; its log has the particulars under the trace id";

    private static final Logger log = LoggerFactory.getLogger(ProblemAdvice.class);

    private final Problems problems;

    ProblemAdvice(Problems problems) {
        this.problems = problems;
    }

    @ExceptionHandler(Exception.class)
    ResponseEntity<Object> any(Exception failure, WebRequest request) {
        ErrorCode code = Failures.codeOf(failure);
        return switch (code.category()) {
            case INTERNAL -> {
                log.error("{} on {}", code.name(), path(request), failure);
                yield answer(code, INTERNAL_DETAIL, List.of(), new HttpHeaders(), request);
            }
            case UNAVAILABLE, OVERLOADED -> {
                log.warn("{} on {}: {}", code.name(), path(request), failure.toString());
                yield answer(code, detail(code, failure), found(failure), new HttpHeaders(), request);
            }
            case CALLER -> answer(code, detail(code, failure), found(failure), new HttpHeaders(), request);
        };
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        UnreadableBody body = UnreadableBody.of(failure);
        return answer(body.code(), body.detail(), body.problems(), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleMethodArgumentNotValid(
            MethodArgumentNotValidException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(ValidationProblems.of(failure.getBindingResult()), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleHandlerMethodValidationException(
            HandlerMethodValidationException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return invalid(ValidationProblems.of(failure), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleNoResourceFoundException(
            NoResourceFoundException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(CommonError.NOT_FOUND, "path: " + path(request) + " (expected: a path of this service)", List.of(), headers, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleTypeMismatch(
            TypeMismatchException failure, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        return answer(CommonError.BAD_REQUEST, failure.getPropertyName() + ": " + failure.getValue() + " (expected: "
                + expected(failure.getRequiredType()) + ")", List.of(), headers, request);
    }

    /** All other exceptions that Spring MVC raises itself: unknown path, method, media type, missing parameter. */
    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode status, WebRequest request) {
        if (status.is5xxServerError() && status.value() == CommonError.INTERNAL.status()) {
            return any(failure, request);
        }
        String detail = failure instanceof ErrorResponse response ? response.getBody().getDetail() : null;
        ErrorCode code = StatusCodes.codeOf(status.value());
        return answer(code, detail == null ? code.name() : detail, List.of(), headers, request);
    }

    private ResponseEntity<Object> invalid(List<Problem> found, HttpHeaders headers, WebRequest request) {
        String detail = found.size() + (found.size() == 1 ? " problem" : " problems") + " in the request";
        return answer(CommonError.VALIDATION_FAILED, detail, found, headers, request);
    }

    private ResponseEntity<Object> answer(
            ErrorCode code, String detail, List<Problem> found, HttpHeaders given, WebRequest request) {
        ProblemDetail body = problems.problem(code, detail, found, path(request));
        HttpHeaders headers = problems.headers(code);
        headers.addAll(given);
        headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        return ResponseEntity.status(code.status()).headers(headers).body(body);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "another value";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.stream(type.getEnumConstants()).map(each -> ((Enum<?>) each).name()).collect(Collectors.joining(", "));
        }
        return type == Instant.class ? "ISO-8601, as 2026-03-01T12:00:00Z"
                : Number.class.isAssignableFrom(type) || type.isPrimitive() && type != boolean.class ? "a number"
                : type == boolean.class || type == Boolean.class ? "true or false" : type.getSimpleName();
    }

    /** Only messages that were written for callers leave the service. */
    private static String detail(ErrorCode code, Throwable failure) {
        TidelineException own = own(failure);
        if (own != null && own.getMessage() != null) {
            return own.getMessage();
        }
        return code == CommonError.BROKER_UNAVAILABLE ? "Kafka does not answer; try again"
                : code == CommonError.DATABASE_UNAVAILABLE ? "PostgreSQL does not answer; try again"
                : code == CommonError.STORAGE_UNAVAILABLE ? "The storage does not answer; try again"
                : code.name();
    }

    private static List<Problem> found(Throwable failure) {
        TidelineException own = own(failure);
        return own == null ? List.of() : own.problems();
    }

    private static @Nullable TidelineException own(Throwable failure) {
        for (Throwable current = failure; current != null; current = current.getCause()) {
            if (current instanceof TidelineException own) {
                return own;
            }
        }
        return null;
    }

    private static @Nullable String path(WebRequest request) {
        return request instanceof ServletWebRequest servlet ? servlet.getRequest().getRequestURI() : null;
    }
}
