package dev.tideline.monitoring.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.DeploymentEvent;
import dev.tideline.monitoring.support.ServiceTest;
import dev.tideline.monitoring.support.TestModel;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplainOutageIT extends ServiceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Test
    void whatHappensWhilePostgresIsAwayIsToldAfterwards() {
        TestModel model = new TestModel("explain-db-outage");
        List<TestModel.Row> rows = model.rows(0, 50, 0, 0);
        TestPostgres.shared().stop();
        try {
            stage.predict(model, 1, rows);
            stage.label(rows);
            stage.send(new DeploymentEvent("explain-db-outage-1", Instant.now(), model.name(), 1, "one", DeploymentEvent.State.LIVE, null));
            assertThat(stage.get("/v1/predictions/" + rows.getFirst().id()).body()).contains("DATABASE_UNAVAILABLE");
            assertThat(stage.get("/v1/models/explain-db-outage/deployments").statusCode()).isEqualTo(503);
        } finally {
            TestPostgres.shared().start();
        }
        await().atMost(PATIENCE).ignoreExceptions().until(
                () -> stage.json("/v1/predictions/" + rows.getLast().id()).at("/outcome/label").isNumber());
        await().atMost(PATIENCE).until(() -> stage.get("/v1/models/explain-db-outage/deployments").statusCode() == 200);
    }

    @Test
    void withoutKafkaAPredictionIsUnavailableAndItsLineageIsNot() {
        TestModel model = new TestModel("explain-kafka-outage");
        List<TestModel.Row> rows = model.rows(0, 1, 0, 0);
        stage.predict(model, 1, rows);
        String path = "/v1/predictions/" + rows.getFirst().id();
        await().atMost(PATIENCE).until(() -> stage.get(path).statusCode() == 200);
        TestKafka.shared().stop();
        try {
            var answer = stage.get(path);
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.body()).contains("BROKER_UNAVAILABLE", "prediction: explain-kafka-outage-0 cannot be read");
            assertThat(stage.get(path + "/lineage").statusCode()).isEqualTo(200);
        } finally {
            TestKafka.shared().start();
        }
        await().atMost(PATIENCE).until(() -> stage.get(path).statusCode() == 200);
    }
}
