package dev.tideline.starter.error;

import dev.tideline.contracts.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSourceResolvable;
import org.springframework.validation.Errors;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.method.annotation.HandlerMethodValidationException;

/** Lists what bean validation found, each with a JSON pointer. */
final class ValidationProblems {

    private ValidationProblems() {}

    static List<Problem> of(Errors errors) {
        List<Problem> found = new ArrayList<>();
        for (FieldError field : errors.getFieldErrors()) {
            found.add(problem(field.getCode(), pointer(field.getField()), field.getRejectedValue(), field));
        }
        errors.getGlobalErrors().forEach(global -> found.add(problem(global.getCode(), "", null, global)));
        return found;
    }

    static List<Problem> of(HandlerMethodValidationException failure) {
        List<Problem> found = new ArrayList<>();
        for (ParameterValidationResult result : failure.getParameterValidationResults()) {
            if (result instanceof ParameterErrors errors) {
                found.addAll(of(errors));
                continue;
            }
            String name = result.getMethodParameter().getParameterName();
            for (MessageSourceResolvable error : result.getResolvableErrors()) {
                String[] codes = error.getCodes();
                String code = codes == null || codes.length == 0 ? null : codes[codes.length - 1];
                found.add(problem(code, "/" + name, result.getArgument(), error));
            }
        }
        return found;
    }

    private static Problem problem(
            @Nullable String code, String pointer, @Nullable Object value, MessageSourceResolvable error) {
        String expected = error.getDefaultMessage() == null ? "a valid value" : error.getDefaultMessage();
        return new Problem(upperSnake(code == null ? "INVALID" : code), pointer, String.valueOf(value), expected);
    }

    /** {@code layers[0].units} becomes {@code /layers/0/units}. */
    private static String pointer(String field) {
        return "/" + field.replace("]", "").replace('[', '/').replace('.', '/');
    }

    private static String upperSnake(String camel) {
        return camel.replaceAll("([a-z])([A-Z])", "$1_$2").toUpperCase(java.util.Locale.ROOT);
    }
}
