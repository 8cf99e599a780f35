package dev.tideline.starter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.awaitility.Awaitility.await;

import dev.tideline.testing.TestS3;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;

/** Failures at start end in a description and an action. */
@ExtendWith(OutputCaptureExtension.class)
class StartFailureIT {

    private static final Duration LONG = Duration.ofSeconds(60);

    @Test
    void absentBrokerIsNoReasonNotToStart() {
        try (ConfigurableApplicationContext service = Lonely.start("tideline.topics.create=true")) {
            assertThat(service.isRunning()).isTrue();
        }
    }

    @Test
    void openNetworkIsRefused(CapturedOutput output) {
        assertThatException().isThrownBy(() -> Lonely.start("server.address=0.0.0.0"));

        assertThat(output).contains("Description:", "server.address: 0.0.0.0 (expected: a loopback address",
                "Action:", "TIDELINE_SECURITY_API_KEY").doesNotContain("\tat ");
    }

    @Test
    void shortKeyIsRefusedWithoutShowingIt(CapturedOutput output) {
        assertThatException().isThrownBy(() -> Lonely.start("tideline.security.api-key=hunter2"));

        assertThat(output).contains("length must be 16 to 1024");
    }

    @Test
    void absentDatabaseIsNamed(CapturedOutput output) {
        assertThatException().isThrownBy(() -> Lonely.start("spring.sql.init.mode=always",
                "spring.sql.init.schema-locations=classpath:dev/tideline/starter/outbox.sql"));

        assertThat(output).contains("jdbc:postgresql://127.0.0.1:1/tideline",
                "no answer (expected: a PostgreSQL server that answers)", "Action:").doesNotContain("\tat ");
    }

    @Test
    void storageRootThatIsAFileIsNamed(CapturedOutput output, @TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("file"));

        assertThatException().isThrownBy(() -> Lonely.start("tideline.storage.root=" + file));

        assertThat(output).contains("tideline.storage.root: " + file + " (expected: a folder that this process can write)",
                "TIDELINE_STORAGE_ROOT").doesNotContain("\tat ");
    }

    @Test
    void bucketThatIsNotThereIsNamed(CapturedOutput output) {
        assertThatException().isThrownBy(() -> Lonely.start("tideline.storage.root=s3://no-such-bucket",
                "tideline.storage.s3.endpoint=" + TestS3.shared().endpoint(), "tideline.storage.s3.path-style=true",
                "tideline.storage.s3.access-key=" + TestS3.ACCESS_KEY, "tideline.storage.s3.secret-key=" + TestS3.SECRET_KEY));

        assertThat(output).contains("Description:", "tideline.storage.root: s3://no-such-bucket (expected: a bucket that this process can write): ",
                "404 NoSuchBucket", "Action:", "Make sure that the bucket exists").doesNotContain("\tat ");
    }

    @Test
    void bucketOnAServerThatDoesNotAnswerIsNamed(CapturedOutput output) {
        assertThatException().isThrownBy(() -> Lonely.start("tideline.storage.root=s3://bucket/prefix",
                "tideline.storage.s3.endpoint=http://127.0.0.1:1", "tideline.storage.s3.access-key=a", "tideline.storage.s3.secret-key=b",
                "tideline.storage.s3.path-style=true", "tideline.storage.s3.retries=0", "tideline.storage.start-wait=10ms"));

        assertThat(output).contains("tideline.storage.root: s3://bucket/prefix (expected: a bucket that this process can write): ",
                "Connection refused", "Action:", "tideline.storage.s3.endpoint").doesNotContain("\tat ");
    }

    @Test
    void bucketThatIsAwayAtTheStartIsWaitedFor(CapturedOutput output) throws InterruptedException {
        String bucket = TestS3.shared().bucket();
        TestS3.shared().stop();
        Thread back = Thread.ofPlatform().start(() -> {
            await().atMost(LONG).until(() -> output.getOut().contains("Waiting for the storage"));
            TestS3.shared().start();
        });

        try (ConfigurableApplicationContext service = Lonely.start("tideline.storage.root=s3://" + bucket, "logging.level.dev.tideline=warn",
                "tideline.storage.s3.endpoint=" + TestS3.shared().endpoint(), "tideline.storage.s3.path-style=true",
                "tideline.storage.s3.access-key=" + TestS3.ACCESS_KEY, "tideline.storage.s3.secret-key=" + TestS3.SECRET_KEY)) {
            assertThat(service.isRunning()).isTrue();
        } finally {
            back.interrupt();
            back.join(LONG);
            TestS3.shared().start();
        }
    }

    @Test
    void wrongSettingsOfABucketAreNamedTogether(CapturedOutput output) {
        assertThatException().isThrownBy(() -> Lonely.start("tideline.storage.root=s3://bucket", "tideline.storage.s3.access-key=a",
                "tideline.storage.s3.part-size=1KB"));

        assertThat(output).contains("tideline.storage.s3.secret-key: absent", "tideline.storage.s3.part-size: 1024B (expected: 5MB to 5GB)",
                "Action:").doesNotContain("\tat ");
    }
}
