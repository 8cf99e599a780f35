package dev.tideline.starter.error;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/** Answers what never reached a controller, such as a failure in a filter, in the same form as everything else. */
@Controller
final class ProblemErrorController implements ErrorController {

    private final Problems problems;

    ProblemErrorController(Problems problems) {
        this.problems = problems;
    }

    @RequestMapping("${spring.web.error.path:/error}")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        int status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code ? code : 404;
        ErrorCode code = StatusCodes.codeOf(status);
        String detail = code.category() == Category.INTERNAL ? ProblemAdvice.INTERNAL_DETAIL : code.name();
        Object path = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
        ProblemDetail body = problems.problem(code, detail, List.of(), path == null ? null : path.toString());
        return ResponseEntity.status(code.status())
                .headers(problems.headers(code)).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(body);
    }
}
