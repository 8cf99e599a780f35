package dev.tideline.starter.error;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.springframework.http.converter.HttpMessageNotReadableException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/** Says what is wrong with a body that could not be bound: no JSON at all, or JSON of another shape. */
record UnreadableBody(ErrorCode code, String detail, List<Problem> problems) {

    static UnreadableBody of(HttpMessageNotReadableException failure) {
        for (Throwable cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException malformed) {
                return malformed(malformed);
            }
            if (cause instanceof MismatchedInputException mismatch) {
                return mismatch(mismatch);
            }
            if (cause instanceof JacksonException other) {
                return malformed(other);
            }
        }
        return new UnreadableBody(CommonError.MALFORMED_JSON, "body: empty or unreadable (expected: JSON)", List.of());
    }

    private static UnreadableBody malformed(JacksonException failure) {
        return new UnreadableBody(CommonError.MALFORMED_JSON,
                "body: " + where(failure) + firstLine(failure.getOriginalMessage()) + " (expected: JSON)", List.of());
    }

    private static UnreadableBody mismatch(MismatchedInputException failure) {
        if (failure.getPath().isEmpty() && failure.getTargetType() == null) {
            return malformed(failure);
        }
        String value = failure instanceof InvalidFormatException format ? String.valueOf(format.getValue()) : "";
        Class<?> target = failure.getTargetType();
        String expected = target == null ? "another shape" : kind(target);
        Problem problem = new Problem("WRONG_TYPE", pointer(failure), value, expected);
        return new UnreadableBody(CommonError.VALIDATION_FAILED,
                "body: " + where(failure) + (problem.pointer().isEmpty() ? "" : problem.pointer() + " ")
                        + "does not fit (expected: " + expected + ")",
                List.of(problem));
    }

    private static String where(JacksonException failure) {
        TokenStreamLocation at = failure.getLocation();
        return at == null || at.getLineNr() < 1 ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
    }

    private static String pointer(JacksonException failure) {
        StringBuilder pointer = new StringBuilder();
        for (JacksonException.Reference step : failure.getPath()) {
            String name = step.getPropertyName();
            pointer.append('/').append(name == null ? Integer.toString(step.getIndex())
                    : name.replace("~", "~0").replace("/", "~1"));
        }
        return pointer.toString();
    }

    /** A word for JSON writers: class names of the service are no help to them. */
    private static String kind(Class<?> target) {
        if (target == boolean.class || target == Boolean.class) {
            return "true or false";
        }
        if (target.isPrimitive() || Number.class.isAssignableFrom(target)) {
            return "a number";
        }
        if (target.isEnum()) {
            return "one of " + List.of(target.getEnumConstants());
        }
        if (target == String.class) {
            return "a text";
        }
        if (java.time.temporal.Temporal.class.isAssignableFrom(target)) {
            return "an ISO-8601 time";
        }
        return target.isArray() || Iterable.class.isAssignableFrom(target) ? "an array" : "an object";
    }

    private static String firstLine(String message) {
        int end = message.indexOf('\n');
        return end < 0 ? message : message.substring(0, end);
    }
}
