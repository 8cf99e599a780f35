package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.testing.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Start and stop of the service as a process of its own. */
class ProcessIT {

    private static final Duration START = Duration.ofSeconds(120);

    @TempDir
    Path folder;

    private final ServiceProcess service = new ServiceProcess();

    private void start(String bootstrap, Map<String, String> more) throws IOException {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("SPRING_KAFKA_BOOTSTRAP_SERVERS", bootstrap);
        environment.put("TIDELINE_INFERENCE_PREDICTIONLOG_SPOOLFOLDER", folder.resolve("spool").toString());
        service.start(folder.resolve("out"), environment);
    }

    private void awaitStatus(String path, int status) {
        await().atMost(START).untilAsserted(() -> assertThat(service.caller().statusOf(path)).isEqualTo(status));
    }

    @AfterEach
    void kill() {
        service.kill();
    }

    @Test
    void provesServesAndStopsInOrder() throws Exception {
        start(TestKafka.shared().bootstrap(), Map.of("TIDELINE_INFERENCE_ADMISSION_STOPDELAY", "3s"));
        awaitStatus("/actuator/health/readiness", 200);
        ServiceProcess.Caller.serve("process");
        service.caller().awaitAvailable("process", 1);
        assertThat(service.caller().ask("process", "before")).isEqualTo(200);

        service.terminate();
        awaitStatus("/actuator/health/readiness", 503);
        assertThat(service.caller().ask("process", "during")).isEqualTo(200);
        assertThat(service.awaitEnd()).isZero();
        assertThat(service.caller().awaitLogged("during", 1)).hasSize(1);
        assertThat(Files.readString(folder.resolve("out"))).contains("Version process/1: END").doesNotContain("Exception");
    }

    @Test
    void startsWithoutABroker() throws Exception {
        start("127.0.0.1:1", Map.of());
        awaitStatus("/actuator/health/liveness", 200);

        assertThat(service.caller().statusOf("/actuator/health/readiness")).isEqualTo(503);
        assertThat(service.caller().statusOf("/v1/models/any")).isEqualTo(404);
        service.terminate();
        assertThat(service.awaitEnd()).isZero();
    }
}
