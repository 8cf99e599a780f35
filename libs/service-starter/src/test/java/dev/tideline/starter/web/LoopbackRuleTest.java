package dev.tideline.starter.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.mock.env.MockEnvironment;

class LoopbackRuleTest {

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "localhost"})
    void loopbackNeedsNoDecision(String address) {
        assertThatNoException().isThrownBy(() -> check("server.address", address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.7", "", "no such host.invalid"})
    void anyOtherAddressIsRefused(String address) {
        assertThatExceptionOfType(OpenNetworkException.class).isThrownBy(() -> check("server.address", address))
                .withMessageStartingWith("server.address: " + address + " (expected: a loopback address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"management.server.address", "spring.grpc.server.address"})
    void everyDoorCounts(String key) {
        assertThatExceptionOfType(OpenNetworkException.class).isThrownBy(() -> check(key, "0.0.0.0"))
                .withMessageContaining(key);
    }

    @Test
    void keyOpensTheNetwork() {
        assertThatNoException().isThrownBy(() ->
                check("server.address", "0.0.0.0", "tideline.security.api-key", "0123456789abcdef"));
    }

    @Test
    void blankKeyDoesNotOpenTheNetwork() {
        assertThatExceptionOfType(OpenNetworkException.class).isThrownBy(() ->
                check("server.address", "0.0.0.0", "tideline.security.api-key", " "));
    }

    @Test
    void operatorOpensTheNetwork() {
        assertThatNoException().isThrownBy(() ->
                check("server.address", "0.0.0.0", "tideline.security.open-network", "true"));
    }

    @Test
    void contextWithoutWebServerIsLeftAlone() {
        GenericApplicationContext context = new GenericApplicationContext();
        context.setEnvironment(environment("server.address", "0.0.0.0"));

        assertThatNoException().isThrownBy(() -> new LoopbackRule().initialize(context));
    }

    @Test
    void refusalEndsInDescriptionAndAction() {
        var analysis = new OpenNetworkAnalyzer().analyze(
                new IllegalStateException(new OpenNetworkException("server.address", "0.0.0.0")));

        assertThat(analysis).isNotNull();
        assertThat(analysis.getDescription()).contains("server.address: 0.0.0.0");
        assertThat(analysis.getAction()).contains("TIDELINE_SECURITY_API_KEY", "TIDELINE_SECURITY_OPEN_NETWORK");
    }

    private static void check(String... settings) {
        LoopbackRule.check(environment(settings));
    }

    private static MockEnvironment environment(String... settings) {
        MockEnvironment environment = new MockEnvironment();
        for (int i = 0; i < settings.length; i += 2) {
            environment.setProperty(settings[i], settings[i + 1]);
        }
        return environment;
    }
}
