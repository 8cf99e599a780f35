package dev.tideline.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tideline.local.LocalPostgres;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class IngestKillIT {

    private static final String DATASET = "letters";
    private static final Duration START = Duration.ofMinutes(2);

    @Test
    void keepsEveryAcknowledgedRecordOnceAcrossAKill() throws Exception {
        try (var platform = Launcher.start("ingest-kill", "up")) {
            await().atMost(START).pollInterval(Duration.ofMillis(200)).until(
                    () -> platform.output().contains("Tideline is up") || !platform.isAlive());
            assertThat(platform.output()).contains("Tideline is up");
            var records = new RecordStream(platform.port(10), DATASET);
            records.declare();
            records.start();
            records.awaitAcknowledged(3_000);

            platform.service("ingest-service").destroyForcibly();
            await().atMost(START).until(() -> platform.output().contains("ingest-service is ready again"));
            records.awaitAcknowledged(records.acknowledged().size() + 3_000);
            records.close();

            var stored = records.stored(platform.data().resolve("storage"));
            assertThat(stored).doesNotHaveDuplicates().containsAll(records.acknowledged());
            assertThat(records.sent()).containsAll(stored);

            leavesNoServiceBehindWhenTheLauncherIsKilled(platform);
        }
    }

    // In the same test, since starting the platform is what takes the time.
    private static void leavesNoServiceBehindWhenTheLauncherIsKilled(Launcher platform) throws Exception {
        platform.kill();

        await().atMost(Duration.ofMinutes(1)).untilAsserted(() -> assertThat(platform.services()).isEmpty());
        LocalPostgres.stopLeftover(platform.data().resolve("postgres"));
        assertThat(platform.takenPorts()).isEmpty();
    }
}
