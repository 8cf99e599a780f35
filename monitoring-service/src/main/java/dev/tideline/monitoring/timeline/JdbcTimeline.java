package dev.tideline.monitoring.timeline;

import java.sql.Timestamp;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The timeline in PostgreSQL. */
@Component
final class JdbcTimeline {

    private final JdbcClient jdbc;

    JdbcTimeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Nothing happens when the event is there already. */
    void append(TimelineEntry entry) {
        jdbc.sql("""
                INSERT INTO timeline (event, model, at, kind, version, summary)
                VALUES (:event, :model, :at, :kind, :version, :summary) ON CONFLICT DO NOTHING
                """)
                .param("event", entry.event()).param("model", entry.model()).param("at", Timestamp.from(entry.at()))
                .param("kind", entry.kind()).param("version", entry.version()).param("summary", entry.summary()).update();
    }

    /** Newest first. */
    List<TimelineEntry> newest(String model, int limit) {
        return jdbc.sql("""
                SELECT event, model, at, kind, version, summary FROM timeline
                WHERE model = :model ORDER BY at DESC, event DESC LIMIT :limit
                """).param("model", model).param("limit", limit)
                .query((row, index) -> new TimelineEntry(row.getString("event"), row.getString("model"),
                        row.getTimestamp("at").toInstant(), row.getString("kind"), row.getObject("version", Long.class),
                        row.getString("summary"))).list();
    }
}
