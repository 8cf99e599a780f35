package dev.tideline.monitoring.archive;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Rules in PostgreSQL. A model keeps its secret when its rule changes, so that hashes stay equal. */
@Component
final class JdbcArchiveRules {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final ArchiveProperties properties;

    JdbcArchiveRules(JdbcClient jdbc, JsonMapper json, ArchiveProperties properties) {
        this.jdbc = jdbc;
        this.json = json;
        this.properties = properties;
    }

    Map<String, ArchiveRules.Known> all() {
        Map<String, ArchiveRules.Known> rules = new HashMap<>();
        jdbc.sql("SELECT model, rule, secret FROM archive_rule").query(row -> {
            rules.put(row.getString("model"),
                    ArchiveRules.Known.of(json.readValue(row.getString("rule"), ArchiveRule.class), properties.mixed(row.getBytes("secret"))));
        });
        return Map.copyOf(rules);
    }

    void save(String model, ArchiveRule rule, byte[] secret, Instant now) {
        jdbc.sql("""
                INSERT INTO archive_rule (model, rule, secret, updated) VALUES (:model, :rule::jsonb, :secret, :now)
                ON CONFLICT (model) DO UPDATE SET rule = excluded.rule, updated = excluded.updated
                """)
                .param("model", model).param("rule", json.writeValueAsString(rule)).param("secret", secret)
                .param("now", Timestamp.from(now)).update();
    }
}
