package dev.tideline.monitoring.support;

import dev.tideline.monitoring.MonitoringService;
import dev.tideline.testing.TemporaryFolders;
import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The whole service on a free port; one context for all tests that extend this. Each test uses a model of its own. */
@SpringBootTest(
        classes = MonitoringService.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "logging.structured.format.console=", "tideline.monitoring.loop.tick=500ms", "tideline.monitoring.streams.threads=1",
            "tideline.monitoring.window.time=6s", "tideline.monitoring.slice.features.sliced=kind", "tideline.monitoring.lineage.ingest-url=http://127.0.0.1:1",
            "tideline.monitoring.lineage.training-url=http://127.0.0.1:1", "tideline.monitoring.outcome.ack-timeout=2s", "spring.kafka.listener.observation-enabled=false"
        })
public abstract class ServiceTest {

    private static final Path DATA = TemporaryFolders.create("tideline-monitoring");

    protected Stage stage;

    @Value("${local.server.port}")
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        registry.add("spring.kafka.bootstrap-servers", TestKafka.shared()::bootstrap);
        registry.add("spring.datasource.url", () -> TestPostgres.shared().jdbcUrl("monitoring"));
        registry.add("tideline.storage.root", DATA.resolve("storage")::toString);
        registry.add("tideline.monitoring.streams.state-dir", DATA.resolve("state")::toString);
    }

    @BeforeEach
    void connect() {
        stage = stage(port, DATA.resolve("storage"));
    }

    /** A hand on the service at {@code port}, once it is ready. */
    public static Stage stage(int port, Path storage) {
        Stage stage = new Stage("http://127.0.0.1:" + port, TestKafka.shared().bootstrap(), storage);
        stage.awaitReady();
        return stage;
    }
}
