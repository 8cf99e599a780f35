package dev.tideline.ingest.support;

import dev.tideline.testing.TemporaryFolders;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.context.TestConstructor;

/** The whole service on a free port; one context for all tests that extend this. */
@SpringBootTest(
        classes = dev.tideline.ingest.IngestService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "tideline.ingest.dataset.refresh=100ms", "tideline.ingest.dataset.topic-check=300ms", "tideline.ingest.shard.retry=100ms",
            "tideline.ingest.shard.flush-poll=50ms",
            "tideline.ingest.intake.ack-timeout=2s", "tideline.ingest.intake.max-record=64KB",
            "tideline.ingest.intake.max-body=16MB", "tideline.ingest.dataset.sample-size=2MB",
            "tideline.ingest.shard.flush-timeout=15s", "logging.structured.format.console=", "tideline.ingest.shard.sweep-every=1h",
            "tideline.ingest.sealing.every=1h", "tideline.ingest.sealing.retry=1s"
        })
@TestConstructor(autowireMode = TestConstructor.AutowireMode.ALL)
public abstract class ServiceTest {

    private static final Path STORAGE = TemporaryFolders.create("tideline-ingest");

    protected IngestClient ingest;

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.kafka.bootstrap-servers", TestKafka.shared()::bootstrap);
        registry.add("spring.datasource.url", () -> TestPostgres.shared().jdbcUrl("ingest"));
        registry.add("tideline.storage.root", STORAGE::toString);
    }

    @BeforeEach
    void connect() {
        ingest = new IngestClient("http://127.0.0.1:" + port, STORAGE);
    }

    protected static Path storage() {
        return STORAGE;
    }
}
