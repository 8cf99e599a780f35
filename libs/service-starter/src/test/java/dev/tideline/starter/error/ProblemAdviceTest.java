package dev.tideline.starter.error;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.contracts.Problem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.tracing.Tracer;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

class ProblemAdviceTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Problems problems =
            new Problems(new ErrorProperties("https://tideline.dev/docs/reference/errors.md#"), Tracer.NOOP, meters);
    private final MockMvcTester mvc = MockMvcTester.of(
            List.of(new Things(), new Foreign()), builder -> builder.setControllerAdvice(new ProblemAdvice(problems)).build());

    @Test
    void failureWithCodeBecomesProblemWithEveryField() {
        MvcTestResult answer = mvc.get().uri("/things/missing").exchange();

        assertThat(answer).hasStatus(404).hasContentTypeCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(answer).bodyJson().isStrictlyEqualTo("""
                {"type":"https://tideline.dev/docs/reference/errors.md#NOT_FOUND","title":"Not found","status":404,
                 "detail":"thing: missing (expected: a thing that exists)","instance":"/things/missing","code":"NOT_FOUND"}
                """);
    }

    @Test
    void allProblemsOfRequestAreListed() {
        MvcTestResult answer = mvc.get().uri("/things/two-problems").exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.problems[*].pointer").asArray().containsExactly("/a", "/b");
        assertThat(answer).bodyJson().extractingPath("$.problems[0].expected").isEqualTo("a number");
    }

    @Test
    void malformedJsonIsNamedWithLineAndColumn() {
        MvcTestResult answer = mvc.post().uri("/things").contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"x\",\n \"size\": }").exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo("MALFORMED_JSON");
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().startsWith("body: line 2, column 1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            at=noon            | at: noon (expected: ISO-8601, as 2026-03-01T12:00:00Z)
            at=%s&limit=many   | limit: many (expected: a number)
            at=%s&unit=ages    | unit: ages (expected: one of NANOS, MICROS, MILLIS, SECONDS, MINUTES, HOURS, HALF_DAYS, DAYS, WEEKS, MONTHS, YEARS, DECADES, CENTURIES, MILLENNIA, ERAS, FOREVER)
            at=%s&all=perhaps  | all: perhaps (expected: true or false)
            """)
    void aParameterOfAnotherTypeIsNamedWithWhatWasExpected(String query, String detail) {
        MvcTestResult answer = mvc.get().uri("/typed?" + query.replace("%s", "2026-03-01T12:00:00Z")).exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo("BAD_REQUEST");
        assertThat(answer).bodyJson().extractingPath("$.detail").isEqualTo(detail);
    }

    @Test
    void emptyBodyIsMalformed() {
        MvcTestResult answer = mvc.post().uri("/things").contentType(MediaType.APPLICATION_JSON).exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo("MALFORMED_JSON");
    }

    @Test
    void truncatedBodyIsMalformed() {
        MvcTestResult answer = mvc.post().uri("/things").contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"x\"").exchange();

        assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo("MALFORMED_JSON");
    }

    @Test
    void valueOfWrongTypeIsNamedByPointer() {
        MvcTestResult answer = mvc.post().uri("/things").contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"x\", \"size\": \"big\"}").exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().isLenientlyEqualTo("""
                {"code":"VALIDATION_FAILED","problems":[{"pointer":"/size","value":"big","expected":"a number"}]}
                """);
    }

    @Test
    void beanValidationListsEachField() {
        MvcTestResult answer = mvc.post().uri("/things").contentType(MediaType.APPLICATION_JSON)
                .content("{\"name\": \"\", \"size\": 0}").exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.detail").isEqualTo("2 problems in the request");
        assertThat(answer).bodyJson().extractingPath("$.problems[*].pointer").asArray()
                .containsExactlyInAnyOrder("/name", "/size");
    }

    @Test
    void unknownPathAnswersInSameForm() {
        assertThat(mvc.get().uri("/nowhere").exchange()).hasStatus(404);
    }

    @Test
    void wrongMethodNamesAllowedOnes() {
        MvcTestResult answer = mvc.delete().uri("/things").exchange();

        assertThat(answer).hasStatus(405).hasHeader("Allow", "POST");
        assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo("METHOD_NOT_ALLOWED");
    }

    @Test
    void wrongMediaTypeAnswersInSameForm() {
        MvcTestResult answer = mvc.post().uri("/things").contentType(MediaType.TEXT_PLAIN).content("x").exchange();

        assertThat(answer).hasStatus(415);
        assertThat(answer).bodyJson().extractingPath("$.code").isEqualTo("UNSUPPORTED_MEDIA_TYPE");
    }

    @Test
    void missingParameterIsNamed() {
        MvcTestResult answer = mvc.get().uri("/search").exchange();

        assertThat(answer).hasStatus(400);
        assertThat(answer).bodyJson().extractingPath("$.detail").asString().contains("'query'");
    }

    @Test
    void faultNeverLeaksInternals() {
        MvcTestResult answer = mvc.get().uri("/things/fault").exchange();

        assertThat(answer).hasStatus(500);
        assertThat(answer).bodyText().doesNotContain("secret").contains(ProblemAdvice.INTERNAL_DETAIL);
    }

    @Test
    void absentDatabaseAsksToTryAgainWithoutNamingIt() {
        MvcTestResult answer = mvc.get().uri("/things/database").exchange();

        assertThat(answer).hasStatus(503).hasHeader("Retry-After", "5");
        assertThat(answer).bodyText().doesNotContain("10.0.0.7");
    }

    @Test
    void overloadAsksToTryAgain() {
        assertThat(mvc.get().uri("/things/busy").exchange()).hasStatus(429).hasHeader("Retry-After", "1");
    }

    @Test
    void ownHandlerOfControllerWins() {
        MvcTestResult answer = mvc.get().uri("/foreign").exchange();

        assertThat(answer).hasStatus(HttpStatus.GONE);
        assertThat(answer).bodyText().isEqualTo("{\"error\":\"other form\"}");
    }

    @Test
    void failuresAreCountedByCodeAndCategory() {
        mvc.get().uri("/things/missing").exchange();

        assertThat(meters.counter("tideline.http.errors", "code", "NOT_FOUND", "category", "CALLER").count()).isOne();
    }

    record Thing(@NotBlank String name, @Min(1) int size) {}

    @RestController
    static class Things {

        @GetMapping("/things/{name}")
        String get(@PathVariable String name) {
            throw switch (name) {
                case "two-problems" -> new TidelineException(CommonError.VALIDATION_FAILED, "2 problems", List.of(
                        new Problem("WRONG_TYPE", "/a", "x", "a number"), new Problem("MISSING", "/b", "", "a value")));
                case "fault" -> new IllegalStateException("secret of the house");
                case "database" -> new DataAccessResourceFailureException("connection to 10.0.0.7 refused");
                case "busy" -> new TidelineException(CommonError.TOO_MANY_REQUESTS, "requests: 65 (expected: at most 64)");
                default -> new TidelineException(
                        CommonError.NOT_FOUND, "thing: " + name + " (expected: a thing that exists)");
            };
        }

        @PostMapping("/things")
        String post(@Valid @RequestBody Thing thing) {
            return thing.name();
        }

        @GetMapping("/typed")
        String typed(@RequestParam Instant at, @RequestParam(defaultValue = "1") int limit,
                @RequestParam(defaultValue = "MILLIS") ChronoUnit unit, @RequestParam(defaultValue = "true") boolean all) {
            return at + " " + limit + unit + all;
        }

        @GetMapping("/search")
        String search(@RequestParam String query) {
            return query;
        }
    }

    @RestController
    static class Foreign {

        @GetMapping("/foreign")
        String get() {
            throw new IllegalStateException("x");
        }

        @ExceptionHandler
        ResponseEntity<String> own(IllegalStateException failure) {
            return ResponseEntity.status(HttpStatus.GONE).body("{\"error\":\"other form\"}");
        }
    }
}
