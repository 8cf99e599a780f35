package dev.tideline.training.job;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.transaction.TransactionException;

/** Waits for a database that is away: hours of training are not given up because PostgreSQL is restarted. */
final class DatabaseOutage {

    private static final Logger log = LoggerFactory.getLogger(DatabaseOutage.class);

    private final Duration pause;
    private final Duration most;
    private final LongSupplier nanos;

    /** @param most after this time the failure is passed on */
    DatabaseOutage(Duration pause, Duration most, LongSupplier nanos) {
        this.pause = pause;
        this.most = most;
        this.nanos = nanos;
    }

    /** Something that may find the database away. */
    interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /** Whether the failure passes when the database comes back. */
    static boolean is(RuntimeException failure) {
        return failure instanceof TransactionException || failure instanceof DataAccessException
            && (failure instanceof DataAccessResourceFailureException || !(failure instanceof NonTransientDataAccessException));
    }

    /**
     * Does {@code work}, again and again while the database is away.
     *
     * @param what   for the log
     * @param giveUp when it is not worth the wait any more
     */
    <T, E extends Exception> T outlast(String what, BooleanSupplier giveUp, Work<T, E> work) throws E {
        long begun = nanos.getAsLong();
        while (true) {
            try {
                return work.run();
            } catch (DataAccessException | TransactionException failure) {
                if (!is(failure) || giveUp.getAsBoolean() || nanos.getAsLong() - begun > most.toNanos()) {
                    throw failure;
                }
                log.warn("{} waits for the database: {}", what, failure.getMessage());
                try {
                    Thread.sleep(pause);
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                    throw failure;
                }
            }
        }
    }
}
