package dev.tideline.starter.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tideline.starter.Lonely;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;

class ApiKeyIT {

    private static final String KEY = "correct-horse-battery";
    private static ConfigurableApplicationContext service;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        service = Lonely.start("tideline.security.api-key=" + KEY, "server.address=0.0.0.0");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @Test
    void requestWithoutKeyIsRefusedAsProblem() throws Exception {
        HttpResponse<String> answer = get("/nowhere", "");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(answer.body()).contains("\"code\":\"UNAUTHORIZED\"", "\"instance\":\"/nowhere\"", "\"traceId\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Basic " + KEY, KEY, "Bearer " + KEY + "x"})
    void anyOtherKeyIsRefused(String authorization) throws Exception {
        assertThat(get("/nowhere", authorization).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer " + KEY, "bearer " + KEY})
    void keyOpensTheDoor(String authorization) throws Exception {
        assertThat(get("/nowhere", authorization).statusCode()).isEqualTo(404);
    }

    @Test
    void metricsAreBehindTheKeyToo() throws Exception {
        assertThat(get("/actuator/prometheus", "").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/health", "/actuator/health/liveness"})
    void healthIsOpen(String path) throws Exception {
        assertThat(get(path, "").statusCode()).isIn(200, 503);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator/healthy", "/actuator/health/../prometheus", "/actuator/health/..;/prometheus"})
    void pathsThatOnlyLookLikeHealthAreNot(String path) throws Exception {
        assertThat(get(path, "").statusCode()).isIn(400, 401);
    }

    private HttpResponse<String> get(String path, String authorization) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(Lonely.url(service, path)));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}
