package dev.tideline.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.contracts.Topics;
import dev.tideline.testing.TestKafka;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as a process of its own that is killed while its log waits on disk. */
class PredictionSpoolIT {

    private static final Duration START = Duration.ofSeconds(120);
    private static final int REQUESTS = 50;

    @TempDir
    Path folder;

    private final ServiceProcess service = new ServiceProcess();

    private void start() throws IOException {
        service.start(folder.resolve("out"), Map.of(
                "SPRING_KAFKA_BOOTSTRAP_SERVERS", TestKafka.shared().bootstrap(),
                "TIDELINE_INFERENCE_TENSORFLOW_CHECK", "none",
                "TIDELINE_INFERENCE_PREDICTIONLOG_SPOOLFOLDER", folder.resolve("spool").toString(),
                "TIDELINE_INFERENCE_PREDICTIONLOG_BROKERTIMEOUT", "1s"));
    }

    private long spooledBytes() throws IOException {
        Path spool = folder.resolve("spool/0");
        if (!Files.exists(spool)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(spool)) {
            return files.filter(file -> file.toString().endsWith(".spool")).mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @AfterEach
    void kill() {
        service.kill();
        TestKafka.shared().start();
    }

    @Test
    void sendsAfterAKillWhatWaitedForTheBroker() throws Exception {
        start();
        ServiceProcess.Caller caller = service.caller();
        await().atMost(START).untilAsserted(() -> assertThat(caller.statusOf("/actuator/health/readiness")).isEqualTo(200));
        ServiceProcess.Caller.serve("spooled");
        caller.awaitAvailable("spooled", 1);
        TestKafka.shared().stop();
        for (int i = 0; i < REQUESTS; i++) {
            assertThat(caller.ask("spooled", "spooled-" + i)).isEqualTo(200);
        }
        await().atMost(START).untilAsserted(() -> assertThat(caller.metric("tideline.inference.log.spooled")).isEqualTo(REQUESTS));
        await().atMost(START).until(() -> spooledBytes() > REQUESTS * 100);
        service.kill();
        TestKafka.shared().start();
        start();

        List<ConsumerRecord<String, byte[]>> sent = caller.awaitLogged("spooled-", REQUESTS);
        assertThat(sent).extracting(ConsumerRecord::key).contains("spooled-0-0", "spooled-" + (REQUESTS - 1) + "-0");
        assertThat(sent).extracting(ConsumerRecord::topic).containsOnly(Topics.PREDICTIONS);
        await().atMost(START).until(() -> spooledBytes() == 0);
    }
}
