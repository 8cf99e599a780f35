package dev.tideline.starter;

import dev.tideline.starter.error.CommonError;
import dev.tideline.starter.error.TidelineException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The smallest service on the starter: a listener and a controller that fail as told. */
@SpringBootApplication
public class StarterApp {

    public static final String TOPIC = "starter.things";

    /** Needs the database for every answer. */
    @RestController
    public static class Rows {

        private final ObjectProvider<JdbcClient> jdbc;

        Rows(ObjectProvider<JdbcClient> jdbc) {
            this.jdbc = jdbc;
        }

        @GetMapping("/rows")
        long rows() {
            return jdbc.getObject().sql("SELECT count(*) FROM outbox").query(Long.class).single();
        }
    }

    /** Handles {@code ok}, and fails otherwise by the value's first word. */
    @RestController
    public static class Things {

        public final List<String> handled = new CopyOnWriteArrayList<>();
        public final AtomicInteger attempts = new AtomicInteger();

        @KafkaListener(topics = TOPIC)
        void onThing(ConsumerRecord<String, byte[]> record) throws IOException {
            String value = new String(record.value(), java.nio.charset.StandardCharsets.UTF_8);
            int attempt = attempts.incrementAndGet();
            switch (value) {
                case "later" -> {
                    if (attempt < 6) {
                        throw new TidelineException(CommonError.UNAVAILABLE, "other service: no answer (expected: an answer)");
                    }
                }
                case "fault" -> throw new IOException("disk on fire");
                default -> {
                    if (value.startsWith("bad")) {
                        throw new TidelineException(CommonError.MALFORMED_EVENT, "thing: " + value + " (expected: ok)");
                    }
                }
            }
            handled.add(value);
        }

        @GetMapping("/fault")
        String fault() {
            throw new IllegalStateException("secret");
        }
    }
}
