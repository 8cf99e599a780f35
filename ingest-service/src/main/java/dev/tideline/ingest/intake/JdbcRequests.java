package dev.tideline.ingest.intake;

import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Requests with an Idempotency-Key. Every change of state is a compare-and-set, so that of two attempts only one goes on. */
@Component
final class JdbcRequests {

    enum State { OPEN, COMMITTING, DONE }

    /**
     * @param transaction transactional id of the newest attempt
     * @param report      what to answer; null while open
     */
    record Request(State state, String transaction, @Nullable String report) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    JdbcRequests(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Whether this is the first attempt. */
    boolean insert(String dataset, String key, String transaction) {
        return jdbc.sql("""
                insert into intake_request (dataset, key, state, transaction, changed_at) values (?, ?, 'OPEN', ?, ?)
                on conflict do nothing
                """)
                .params(dataset, key, transaction, now()).update() == 1;
    }

    Optional<Request> find(String dataset, String key) {
        return jdbc.sql("select state, transaction, report from intake_request where dataset = ? and key = ?").params(dataset, key)
                .query((row, number) -> new Request(
                        State.valueOf(row.getString("state")), row.getString("transaction"), row.getString("report")))
                .optional();
    }

    /** Replaces an attempt that cannot have taken effect; false when it moved on meanwhile. */
    boolean takeOver(String dataset, String key, Request seen, String transaction) {
        return jdbc.sql("""
                update intake_request set state = 'OPEN', transaction = ?, report = null, changed_at = ?
                 where dataset = ? and key = ? and state = ? and transaction = ?
                """)
                .params(transaction, now(), dataset, key, seen.state().name(), seen.transaction()).update() == 1;
    }

    /** From here on the Kafka transaction decides; false when another attempt took over. */
    boolean committing(String dataset, String key, String transaction, String report) {
        return jdbc.sql("""
                update intake_request set state = 'COMMITTING', report = ?, changed_at = ?
                 where dataset = ? and key = ? and state = 'OPEN' and transaction = ?
                """)
                .params(report, now(), dataset, key, transaction).update() == 1;
    }

    void done(String dataset, String key, String transaction) {
        jdbc.sql("""
                update intake_request set state = 'DONE', changed_at = ?
                 where dataset = ? and key = ? and state = 'COMMITTING' and transaction = ?
                """)
                .params(now(), dataset, key, transaction).update();
    }

    int forget(Instant before) {
        return jdbc.sql("delete from intake_request where changed_at < ?").param(before.atOffset(ZoneOffset.UTC)).update();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
