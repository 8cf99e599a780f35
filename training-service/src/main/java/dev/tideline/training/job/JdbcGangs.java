package dev.tideline.training.job;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Tables {@code gang} and {@code gang_seat}: where the workers of a job meet. Time is the database's. */
@Component
final class JdbcGangs {

    static final String FORMING = "FORMING";
    static final String RUNNING = "RUNNING";
    static final String TRAINED = "TRAINED";
    static final String OVER = "OVER";
    static final String TAKEN = "TAKEN";
    static final String FAILED = "FAILED";
    /** After its start the database has heard nobody for a while. */
    private static final String GRACE = "pg_postmaster_start_time() + interval '20 seconds' < now()";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    JdbcGangs(JdbcClient jdbc, TransactionTemplate transaction) {
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** A gang as its leader wrote it down. */
    record Gang(String job, int generation, String state, String address, String manifest) {}

    /**
     * A place beside the leader, who has rank 0.
     *
     * @param silent whether its owner has not been heard of in time
     */
    record Seat(String job, int generation, int rank, String state, @Nullable String owner, @Nullable String address,
            @Nullable String message, boolean silent) {}

    /** Opens {@code seats} places; false when another gang is forming. */
    boolean open(Gang gang, int seats, Duration lease) {
        try {
            transaction.executeWithoutResult(status -> {
                jdbc.sql("UPDATE gang SET state = 'OVER' WHERE state = 'FORMING' AND until < now()").update();
                jdbc.sql("DELETE FROM gang_seat WHERE job = :job").param("job", gang.job()).update();
                jdbc.sql("""
                        INSERT INTO gang (job, generation, state, address, manifest, until)
                        VALUES (:job, :generation, 'FORMING', :address, :manifest, now() + make_interval(secs => :lease))
                        ON CONFLICT (job) DO UPDATE SET generation = excluded.generation, state = excluded.state,
                            address = excluded.address, manifest = excluded.manifest, until = excluded.until""")
                    .param("job", gang.job()).param("generation", gang.generation()).param("address", gang.address())
                    .param("manifest", gang.manifest()).param("lease", seconds(lease)).update();
                jdbc.sql("""
                        INSERT INTO gang_seat (job, generation, rank, state)
                        SELECT :job, :generation, rank, 'OPEN' FROM generate_series(1, :seats) AS rank""")
                    .param("job", gang.job()).param("generation", gang.generation()).param("seats", seats).update();
            });
            return true;
        } catch (DuplicateKeyException another) {
            return false;
        }
    }

    Optional<Gang> find(String job, int generation) {
        return jdbc.sql("SELECT job, generation, state, address, manifest FROM gang WHERE job = :job AND generation = :generation")
            .param("job", job).param("generation", generation).query(Gang.class).optional();
    }

    /** Prolongs the leader's hold; false when the gang is another one by now. */
    boolean lead(String job, int generation, Duration lease) {
        return jdbc.sql("""
                UPDATE gang SET until = now() + make_interval(secs => :lease)
                WHERE job = :job AND generation = :generation AND state <> 'OVER'""")
            .param("job", job).param("generation", generation).param("lease", seconds(lease)).update() == 1;
    }

    /** By rank. */
    List<Seat> seats(String job, int generation) {
        return jdbc.sql("SELECT *, (until < now() AND " + GRACE + ") IS TRUE AS silent FROM gang_seat"
                + " WHERE job = :job AND generation = :generation ORDER BY rank")
            .param("job", job).param("generation", generation).query(Seat.class).list();
    }

    /** Begins with those who are there; nobody can join afterwards. */
    void run(String job, int generation) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("UPDATE gang SET state = 'RUNNING' WHERE job = :job AND generation = :generation")
                .param("job", job).param("generation", generation).update();
            jdbc.sql("DELETE FROM gang_seat WHERE job = :job AND generation = :generation AND (state <> 'TAKEN' OR until < now())")
                .param("job", job).param("generation", generation).update();
        });
    }

    void state(String job, int generation, String state) {
        jdbc.sql("UPDATE gang SET state = :state WHERE job = :job AND generation = :generation")
            .param("state", state).param("job", job).param("generation", generation).update();
    }

    boolean anyOpen() {
        return jdbc.sql("""
                SELECT EXISTS (SELECT 1 FROM gang g JOIN gang_seat s USING (job, generation)
                    WHERE g.state = 'FORMING' AND g.until > now() AND s.state = 'OPEN')""").query(Boolean.class).single();
    }

    /** Takes the first open seat. */
    Optional<Seat> take(String owner, String address, Duration lease) {
        return jdbc.sql("""
                UPDATE gang_seat SET state = 'TAKEN', owner = :owner, address = :address,
                    until = now() + make_interval(secs => :lease)
                WHERE (job, generation, rank) = (
                    SELECT s.job, s.generation, s.rank FROM gang g JOIN gang_seat s USING (job, generation)
                    WHERE g.state = 'FORMING' AND g.until > now() AND s.state = 'OPEN'
                    ORDER BY s.rank LIMIT 1 FOR UPDATE OF s SKIP LOCKED)
                RETURNING *, false AS silent""")
            .param("owner", owner).param("address", address).param("lease", seconds(lease)).query(Seat.class).optional();
    }

    /**
     * Prolongs the hold of a seat.
     *
     * @return the gang's state; empty when the seat is lost or the leader has not been heard of in time
     */
    Optional<String> hold(Seat seat, Duration lease) {
        int held = jdbc.sql("""
                UPDATE gang_seat SET until = now() + make_interval(secs => :lease)
                WHERE job = :job AND generation = :generation AND rank = :rank AND owner = :owner AND state = 'TAKEN'""")
            .param("lease", seconds(lease)).param("job", seat.job()).param("generation", seat.generation())
            .param("rank", seat.rank()).param("owner", seat.owner()).update();
        return held == 0 ? Optional.empty() : jdbc.sql("SELECT state FROM gang WHERE job = :job AND generation = :generation"
                + " AND state <> 'OVER' AND NOT (until < now() AND " + GRACE + ")")
            .param("job", seat.job()).param("generation", seat.generation()).query(String.class).optional();
    }

    /** Says that the seat's worker has failed. */
    void fail(Seat seat, String message) {
        jdbc.sql("""
                UPDATE gang_seat SET state = 'FAILED', message = :message
                WHERE job = :job AND generation = :generation AND rank = :rank AND owner = :owner""")
            .param("message", message).param("job", seat.job()).param("generation", seat.generation())
            .param("rank", seat.rank()).param("owner", seat.owner()).update();
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
