package dev.tideline.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.monitoring.support.ServiceTest;
import dev.tideline.monitoring.support.TestModel;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class OutageIT extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void noVerdictIsLostWhilePostgresIsAway() {
        TestModel model = new TestModel("db-outage");
        stage.deploy(model, 1);
        TestPostgres.shared().stop();
        try {
            stage.predict(model, 1, model.rows(0, 500, 0, 0));
            assertThat(stage.get("/v1/models/db-outage").statusCode()).isEqualTo(503);
            assertThat(stage.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
        } finally {
            TestPostgres.shared().start();
        }
        await().atMost(PATIENCE).ignoreExceptions().until(() -> stage.windows(model.name()).size() == 1);
        assertThat(stage.windows(model.name()).get(0).path("rows").asLong()).isEqualTo(500);
    }

    @Test
    void processingGoesOnWhereItStoodWhenKafkaIsBack() {
        TestModel model = new TestModel("kafka-outage");
        stage.deploy(model, 1);
        List<TestModel.Row> before = model.rows(0, 200, 0, 0);
        stage.predict(model, 1, before);
        stage.label(before);
        await().atMost(PATIENCE).until(() -> stage.read(Topics.records(model.dataset())).size() == 200);

        TestKafka.shared().stop();
        try {
            assertThat(stage.get("/actuator/health/liveness").statusCode()).isEqualTo(200);
            assertThat(stage.post("/v1/outcomes", "{\"predictionId\":\"x\",\"label\":1}").statusCode()).isEqualTo(503);
        } finally {
            TestKafka.shared().start();
        }
        List<TestModel.Row> after = model.rows(200, 300, 0, 0);
        stage.predict(model, 1, after);
        stage.label(after);
        await().atMost(PATIENCE).until(() -> stage.read(Topics.records(model.dataset())).size() == 500);
        await().atMost(PATIENCE).until(() -> stage.model(model.name()).path("archived").asLong() == 500);
    }
}
