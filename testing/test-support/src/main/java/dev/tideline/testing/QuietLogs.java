package dev.tideline.testing;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import org.slf4j.LoggerFactory;

/** Keeps the servers' own chatter out of test output; a Spring context resets it to its own configuration. */
final class QuietLogs {

    private static final List<String> CHATTY = List.of("kafka", "org.apache.kafka", "state.change.logger", "io.zonky", "org.postgresql",
            "com.tngtech");

    private QuietLogs() {}

    static void apply() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext logs) {
            CHATTY.forEach(name -> logs.getLogger(name).setLevel(Level.ERROR));
        }
    }
}
