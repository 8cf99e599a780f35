package dev.tideline.starter.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import jakarta.servlet.RequestDispatcher;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.mock.web.MockHttpServletRequest;

class ProblemErrorControllerTest {

    private final ProblemErrorController controller = new ProblemErrorController(
            new Problems(new ErrorProperties("https://example.org/errors#"), Tracer.NOOP, new SimpleMeterRegistry()));

    @Test
    void failureOfAFilterIsAProblemWithoutItsMessage() {
        MockHttpServletRequest request = failed(500, "/v1/datasets");
        request.setAttribute(RequestDispatcher.ERROR_MESSAGE, "secret");
        request.setAttribute(RequestDispatcher.ERROR_EXCEPTION, new IllegalStateException("secret"));

        ResponseEntity<ProblemDetail> answer = controller.error(request);

        assertThat(answer.getStatusCode().value()).isEqualTo(500);
        assertThat(answer.getHeaders().getContentType()).isEqualTo(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer.getBody()).asString().contains("/v1/datasets").doesNotContain("secret");
    }

    @Test
    void overloadSeenByTheContainerAsksToTryAgain() {
        ResponseEntity<ProblemDetail> answer = controller.error(failed(503, "/x"));

        assertThat(answer.getStatusCode().value()).isEqualTo(503);
        assertThat(answer.getHeaders().getFirst("Retry-After")).isEqualTo("5");
    }

    @Test
    void tooLargeBodyKeepsItsStatus() {
        assertThat(controller.error(failed(413, "/x")).getStatusCode().value()).isEqualTo(413);
    }

    @Test
    void directCallIsAnUnknownPath() {
        assertThat(controller.error(new MockHttpServletRequest()).getStatusCode().value()).isEqualTo(404);
    }

    private static MockHttpServletRequest failed(int status, String path) {
        MockHttpServletRequest request = new MockHttpServletRequest();
        request.setAttribute(RequestDispatcher.ERROR_STATUS_CODE, status);
        request.setAttribute(RequestDispatcher.ERROR_REQUEST_URI, path);
        return request;
    }
}
