package dev.tideline.starter;

import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** Starts the small service with neither broker nor database in reach. */
public final class Lonely {

    private static final Map<String, String> NOBODY_THERE = Map.of(
            "server.port", "0",
            "spring.kafka.bootstrap-servers", "127.0.0.1:1",
            "spring.kafka.listener.auto-startup", "false",
            "tideline.topics.create", "false",
            "tideline.outbox.enabled", "false",
            "tideline.storage.root", "target/storage",
            "spring.datasource.url", "jdbc:postgresql://127.0.0.1:1/tideline?currentSchema=x",
            "spring.datasource.username", "tideline",
            "spring.datasource.hikari.connection-timeout", "300");

    private Lonely() {}

    /** @param settings {@code name=value}; they replace the defaults above */
    public static ConfigurableApplicationContext start(String... settings) {
        Map<String, String> all = new HashMap<>(NOBODY_THERE);
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            all.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return SpringApplication.run(StarterApp.class,
                all.entrySet().stream().map(entry -> "--" + entry).toArray(String[]::new));
    }

    public static String url(ConfigurableApplicationContext context, String path) {
        return "http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port") + path;
    }
}
