package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.testing.TestKafka;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;

@ServiceTest
class OutageIT extends Platform {

    OutageIT(@Value("${local.server.port}") int port) {
        super(port);
    }

    @Test
    void keepsServingWithoutABrokerAndFollowsItAgain() {
        writeModel("steady", 1, 2);
        writeModel("steady", 2, 2);
        promote("steady", 1, 1);
        awaitVersion("steady", 1, "AVAILABLE");

        TestKafka.shared().stop();
        try {
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503));
            for (int i = 0; i < 20; i++) {
                assertThat(half("steady", 4).status()).isEqualTo(200);
            }
            assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        } finally {
            TestKafka.shared().start();
        }

        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(200));
        promote("steady", 2, 2);
        awaitVersion("steady", 2, "AVAILABLE");
    }
}
