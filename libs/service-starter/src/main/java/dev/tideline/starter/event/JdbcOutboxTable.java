package dev.tideline.starter.event;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Table {@code outbox} of the service's own schema; its DDL is in {@code dev/tideline/starter/outbox.sql}. */
final class JdbcOutboxTable {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    /** Ids are given before the commit, so equal keys queue here: then a lower id is always visible first. */
    private static final String LOCK_LANE = """
            SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '.outbox ' || :lane, 0))
            """;
    private static final String INSERT = """
            INSERT INTO outbox (topic, key, headers, payload) VALUES (:topic, :key, :headers, :payload)
            """;
    private static final String TRY_RELAY = """
            SELECT pg_try_advisory_xact_lock(hashtextextended(current_schema() || '.outbox relay', 0))
            """;
    private static final String OLDEST = """
            SELECT id, topic, key, headers, payload FROM outbox ORDER BY id LIMIT :limit
            """;
    private static final String DELETE = """
            DELETE FROM outbox WHERE id = ANY (:ids)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    JdbcOutboxTable(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void insert(OutboxEntry entry) {
        jdbc.sql(LOCK_LANE).param("lane", entry.lane()).query((row, n) -> true).single();
        jdbc.sql(INSERT)
                .param("topic", entry.topic())
                .param("key", entry.key())
                .param("headers", json.writeValueAsString(entry.headers()))
                .param("payload", entry.payload())
                .update();
    }

    /** True if no other relay works on this schema until the transaction ends. */
    boolean tryRelayLock() {
        return jdbc.sql(TRY_RELAY).query(Boolean.class).single();
    }

    List<OutboxEntry> oldest(int limit) {
        return jdbc.sql(OLDEST).param("limit", limit).query(this::entry).list();
    }

    void delete(List<Long> ids) {
        if (!ids.isEmpty()) {
            jdbc.sql(DELETE).param("ids", ids.toArray(Long[]::new)).update();
        }
    }

    private OutboxEntry entry(ResultSet row, int number) throws SQLException {
        return new OutboxEntry(row.getLong("id"), row.getString("topic"), row.getString("key"),
                json.readValue(row.getString("headers"), HEADERS), row.getBytes("payload"));
    }
}
