package dev.tideline.monitoring.timeline;

import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
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

    /** The newest kind of a version that starts with {@code prefix}. */
    Optional<String> newestKind(String model, long version, String prefix) {
        return jdbc.sql("""
                SELECT kind FROM timeline WHERE model = :model AND version = :version AND starts_with(kind, :prefix)
                ORDER BY at DESC, event DESC LIMIT 1
                """).param("model", model).param("version", version).param("prefix", prefix).query(String.class).optional();
    }

    /** Newest first, at most {@code limit}, only what lies behind the cursor when there is one. */
    List<TimelineEntry> page(String model, StoryFilter filter, int limit) {
        return jdbc.sql("""
                SELECT event, model, at, kind, version, summary FROM story
                WHERE model = :model
                  AND (cardinality(:kinds::text[]) = 0 OR EXISTS (SELECT FROM unnest(:kinds::text[]) AS k WHERE starts_with(kind, k)))
                  AND (:version::bigint IS NULL OR version = :version)
                  AND (:from::timestamptz IS NULL OR at >= :from)
                  AND (:to::timestamptz IS NULL OR at < :to)
                  AND (:cursorAt::timestamptz IS NULL OR (at, event) < (:cursorAt, :cursorEvent::text))
                ORDER BY at DESC, event DESC LIMIT :limit
                """)
                .param("model", model).param("limit", limit).param("kinds", filter.kinds().toArray(String[]::new))
                .param("version", filter.version())
                .param("from", filter.from() == null ? null : Timestamp.from(filter.from()))
                .param("to", filter.to() == null ? null : Timestamp.from(filter.to()))
                .param("cursorAt", filter.after() == null ? null : Timestamp.from(filter.after().at()))
                .param("cursorEvent", filter.after() == null ? null : filter.after().event())
                .query((row, index) -> new TimelineEntry(row.getString("event"), row.getString("model"),
                        row.getTimestamp("at").toInstant(), row.getString("kind"), row.getObject("version", Long.class),
                        row.getString("summary"))).list();
    }
}
