package dev.tideline.starter.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.starter.StarterContext;
import dev.tideline.testing.TestKafka;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ObserveIT extends StarterContext {

    @AfterEach
    void broker() {
        TestKafka.shared().start();
    }

    @Test
    void readinessNamesDatabaseAndBroker() {
        HttpResponse<String> answer = get("/actuator/health/readiness");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"db\"", "\"kafka\"", "\"brokers\":1");
    }

    @Test
    void absentBrokerTakesReadinessButNotLiveness() {
        await().atMost(Duration.ofSeconds(20)).until(() -> get("/actuator/health/readiness").statusCode() == 200);
        TestKafka.shared().stop();

        await().atMost(Duration.ofSeconds(20)).until(() -> get("/actuator/health/readiness").statusCode() == 503);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);

        TestKafka.shared().start();
        await().atMost(Duration.ofSeconds(20)).until(() -> get("/actuator/health/readiness").statusCode() == 200);
    }

    @Test
    void metricsCarryTheServiceName() {
        get("/nowhere");

        assertThat(get("/actuator/prometheus").body())
                .contains("service=\"starter-test\"")
                .containsPattern("tideline_http_errors_total\\{.*code=\"NOT_FOUND\"");
    }

    @Test
    void faultIsAnsweredWithTraceIdOnly() {
        HttpResponse<String> answer = get("/fault");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).containsPattern("\"traceId\":\"[0-9a-f]{32}\"").doesNotContain("secret");
    }

    @Test
    void unknownPathIsAnsweredAsProblem() {
        HttpResponse<String> answer = get("/nowhere");

        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"NOT_FOUND\"", "\"instance\":\"/nowhere\"",
                "path: /nowhere (expected: a path of this service)");
    }
}
