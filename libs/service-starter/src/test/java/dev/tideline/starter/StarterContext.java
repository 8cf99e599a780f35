package dev.tideline.starter;

import dev.tideline.testing.TestKafka;
import dev.tideline.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** One context, broker and database for all integration tests of this module. */
@SpringBootTest(classes = StarterApp.class, webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT, properties = {
    "spring.application.name=starter-test",
    "spring.sql.init.mode=always",
    "spring.sql.init.schema-locations=classpath:dev/tideline/starter/outbox.sql",
    "spring.datasource.hikari.connection-timeout=1000",
    "tideline.storage.root=target/storage",
    "tideline.outbox.poll=200ms",
    "tideline.outbox.max-back-off=500ms",
    "tideline.outbox.ack-timeout=3s",
    "tideline.kafka.retry.first=20ms",
    "spring.kafka.producer.properties[max.block.ms]=2000",
    "spring.kafka.producer.properties[request.timeout.ms]=1500",
    "spring.kafka.producer.properties[delivery.timeout.ms]=2500"
})
public abstract class StarterContext {

    private final HttpClient http = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void servers(DynamicPropertyRegistry registry) {
        TestKafka.shared().createTopics(1, StarterApp.TOPIC, StarterApp.TOPIC + ".dlt");
        TestPostgres.Database database = TestPostgres.database();
        registry.add("spring.kafka.bootstrap-servers", TestKafka.shared()::bootstrap);
        registry.add("spring.datasource.url", () -> database.jdbcUrl("public"));
        registry.add("spring.datasource.username", TestPostgres.shared()::username);
        registry.add("spring.datasource.password", TestPostgres.shared()::password);
    }

    protected HttpResponse<String> get(String path) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (java.io.IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
