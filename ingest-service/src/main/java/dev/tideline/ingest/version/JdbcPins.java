package dev.tideline.ingest.version;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Pins in PostgreSQL. Pinning and retiring a version both lock its row first, so one of them sees the other. */
@Component
final class JdbcPins {

    private final JdbcClient jdbc;

    JdbcPins(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Keeps the version as it is until the transaction ends; false when its content was given up, or it never was. */
    boolean lockKept(String dataset, long version) {
        return jdbc.sql("select version from dataset_version where dataset = ? and version = ? and retired_at is null for update")
                .params(dataset, version).query(Long.class).optional().isPresent();
    }

    /** Sets an owner's pin; the version must be locked. */
    void put(String dataset, long version, Pin pin) {
        jdbc.sql("""
                insert into dataset_version_pin (dataset, version, owner, reason, pinned_at, expires_at) values (?, ?, ?, ?, ?, ?)
                on conflict (dataset, version, owner) do update set reason = excluded.reason, expires_at = excluded.expires_at
                """)
                .params(dataset, version, pin.owner(), pin.reason(), pin.pinnedAt().atOffset(ZoneOffset.UTC),
                        pin.expiresAt() == null ? null : pin.expiresAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    boolean remove(String dataset, long version, String owner) {
        return jdbc.sql("delete from dataset_version_pin where dataset = ? and version = ? and owner = ?")
                .params(dataset, version, owner).update() == 1;
    }

    void removeAll(String owner) {
        jdbc.sql("delete from dataset_version_pin where owner = ?").param(owner).update();
    }

    /** Forgets pins that ended; they hold nothing any more. */
    int removeExpired(Instant now) {
        return jdbc.sql("delete from dataset_version_pin where expires_at <= ?").param(now.atOffset(ZoneOffset.UTC)).update();
    }

    List<Pin> of(String dataset, long version, Instant now) {
        return jdbc.sql("""
                select owner, reason, pinned_at, expires_at from dataset_version_pin where dataset = ? and version = ? order by owner
                """)
                .params(dataset, version).query((row, number) -> pin(row)).list().stream().filter(pin -> pin.holds(now)).toList();
    }

    /** Pins that hold, by version. */
    SortedMap<Long, List<Pin>> of(String dataset, Instant now) {
        SortedMap<Long, List<Pin>> pins = new TreeMap<>();
        jdbc.sql("select version, owner, reason, pinned_at, expires_at from dataset_version_pin where dataset = ? order by version, owner")
                .param(dataset).query((row, number) -> Map.entry(row.getLong("version"), pin(row))).list().stream()
                .filter(entry -> entry.getValue().holds(now))
                .forEach(entry -> pins.computeIfAbsent(entry.getKey(), version -> new ArrayList<>()).add(entry.getValue()));
        return pins;
    }

    /** Notes an event of a model; false when a newer one was seen. Other events of the model wait until the transaction ends. */
    boolean newest(String model, Instant at) {
        return jdbc.sql("""
                insert into model_use (model, at) values (:model, :at)
                on conflict (model) do update set at = excluded.at where model_use.at <= excluded.at
                """)
                .param("model", model).param("at", at.atOffset(ZoneOffset.UTC)).update() == 1;
    }

    private static Pin pin(ResultSet row) throws SQLException {
        @Nullable Timestamp expires = row.getTimestamp("expires_at");
        return new Pin(row.getString("owner"), row.getString("reason"), row.getTimestamp("pinned_at").toInstant(),
                expires == null ? null : expires.toInstant());
    }
}
