package dev.tideline.starter.error;

import dev.tideline.contracts.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A failure with a code. The message is shown to the caller, in the form <em>name: value (expected: rule)</em>. */
public class TidelineException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient ErrorCode code;
    private final transient List<Problem> problems;

    public TidelineException(ErrorCode code, String message) {
        this(code, message, List.of(), null);
    }

    public TidelineException(ErrorCode code, String message, @Nullable Throwable cause) {
        this(code, message, List.of(), cause);
    }

    public TidelineException(ErrorCode code, String message, List<Problem> problems) {
        this(code, message, problems, null);
    }

    public TidelineException(ErrorCode code, String message, List<Problem> problems, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.problems = List.copyOf(problems);
    }

    public ErrorCode code() {
        return code;
    }

    /** Everything wrong with the request; empty when the message says it all. */
    public List<Problem> problems() {
        return problems;
    }
}
