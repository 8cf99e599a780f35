package dev.tideline.starter.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.starter.StarterContext;
import dev.tideline.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** PostgreSQL goes away under a running service. */
class DatabaseOutageIT extends StarterContext {

    @AfterEach
    void database() {
        TestPostgres.shared().start();
    }

    @Test
    void requestsAreAskedToComeBackAndSucceedAfterwards() {
        assertThat(get("/rows").statusCode()).isEqualTo(200);
        TestPostgres.shared().stop();

        HttpResponse<String> refused = get("/rows");

        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(refused.body()).contains("\"code\":\"DATABASE_UNAVAILABLE\"").doesNotContain("jdbc", "Hikari", "SELECT");
        assertThat(get("/actuator/health/readiness").statusCode()).isEqualTo(503);
        assertThat(get("/actuator/health/liveness").statusCode()).isEqualTo(200);

        TestPostgres.shared().start();
        await().atMost(Duration.ofSeconds(30)).until(() -> get("/rows").statusCode() == 200);
    }
}
